/**
 * Finds the operators of a file and writes the file again, from left to right, with each operator in another form.
 * The probe text and the lowered text share this walk; the caller decides what is written for an operator.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { MappedText, Span } from '../text/text.ts'
import { Writer } from '../text/writer.ts'
import { hidden } from './scope.ts'
import { continuesStatement, endsAtLineBreak, isInList, mayBeContinued } from './statements.ts'
import { type Site, siteOf } from './syntax.ts'
import { walk } from './walk.ts'

/** The operators of one file, outer before inner and left before right. */
export interface FileSites {
  readonly file: ts.SourceFile
  readonly sites: readonly Site[]
}

/** The text of operators, by the caller. `emit` writes an operand with the operators inside it. */
export interface Forms {
  /** The expression to write as left operand: the operand itself, or the one inside its parentheses. */
  leftOf(site: BinarySite): ts.Expression
  /** Writes the text before the left operand of a binary operator. */
  open(site: BinarySite, writer: Writer): void
  /** Writes the text after the left operand, with the right operand. */
  close(site: BinarySite, writer: Writer, emit: Emit): void
  /** Whether `close` writes the left operand too. */
  movesLeft?(site: BinarySite): boolean
  /** Writes an operator that is not binary. */
  write(site: Exclude<Site, BinarySite>, writer: Writer, emit: Emit): void
}

export type BinarySite = Extract<Site, { form: 'binary' }>
export type Emit = (operand: ts.Node) => void

/** All operators of a file that a class could name, in the order of a walk from the outside in. */
export function findSites(ts: TypeScript, file: ts.SourceFile): FileSites {
  setParents(ts, file)
  const isHidden = { Math: hidden(ts, file, 'Math'), Number: hidden(ts, file, 'Number') }
  const isGlobal = (id: ts.Identifier) => !isHidden[id.text as keyof typeof isHidden](id)
  const literals = new Map<ts.Node, boolean>()
  const sites: Site[] = []
  walk(ts, file, node => {
    if (!mayHoldOperators(ts, node)) return 'skip'
    const site = siteOf(ts, node, { isGlobal, literals })
    if (site) sites.push(site)
    return undefined
  })
  return { file, sites }
}

/**
 * Sets `parent` of all nodes: a command-line compiler leaves this to the binder, which has not run yet. A loop of its own, since
 * `walk` does not know the parent of a node.
 */
function setParents(ts: TypeScript, file: ts.SourceFile): void {
  const pending: ts.Node[] = [file]
  for (let node = pending.pop(); node; node = pending.pop())
    ts.forEachChild(node, child => {
      if (child.parent !== node) (child as { parent: ts.Node }).parent = node
      pending.push(child)
    })
}

/** Types and ambient declarations hold no operators that run, but for the decorators of a field without a value. */
function mayHoldOperators(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isExpressionWithTypeArguments(node) || ts.isPropertyDeclaration(node)) return true
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return false
  return !(
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
  )
}

/** A file with its operators in another form. */
export interface Rewritten {
  readonly mapped: MappedText
  /** The places of the expressions with operators inside, in the new text. Any other expression is copied. */
  readonly ranges: ReadonlyMap<ts.Node, Span>
}

/** Writes the file with each site in the caller's form; everything else is copied. */
export function rewrite(
  ts: TypeScript,
  { file, sites }: FileSites,
  forms: Forms,
  header?: { at: number; text: string },
): Rewritten {
  const { text } = file
  const ranges = new Map<ts.Node, Span>()
  const writer = new Writer(text)
  const siteAt = new Map<ts.Node, Site>(sites.map(site => [site.node, site]))
  const onTheWay = ancestors(sites)
  let head = header

  const copy = (start: number, end: number) => {
    if (head && head.at <= end && head.at >= start) {
      writer.copy(start, head.at)
      writer.insert(head.text, head.at)
      writer.copy(head.at, end)
      head = undefined
    } else writer.copy(start, end)
  }

  const emit: Emit = node => {
    // half-typed: the operand after `a *` is missing, and an argument of type any replaces it
    if (node.pos === node.end) return writer.insert('(0 as any)', node.end)
    if (!onTheWay.has(node)) return copy(node.getStart(file), node.end)
    if (ts.isBinaryExpression(node) && siteAt.get(node)?.form !== 'assign') return emitSpine(node)
    const site = siteAt.get(node)
    const start = writer.length
    if (site) forms.write(site as Exclude<Site, BinarySite>, writer, emit)
    else emitChildren(node, node.getStart(file))
    ranges.set(node, { start, length: writer.length - start })
  }

  const lineAt = (place: number) => ts.getLineAndCharacterOfPosition(file, place).line
  const emitChildren = (node: ts.Node, start: number) => {
    let at = start
    let before: ts.Node | undefined
    ts.forEachChild(node, child => {
      const isChanged = onTheWay.has(child)
      const isOpen = before && (isChanged || onTheWay.has(before)) && mayBeContinued(ts, file, before)
      const isBehindChange = before !== undefined && onTheWay.has(before)
      // the header ends with a semicolon
      const isClosed = before !== undefined && head !== undefined && head.at >= before.end
      before = child
      if (!isChanged && !isOpen) return
      const from = child.getStart(file)
      if (child.pos < at && from < at) throw new Error(`children of ${ts.SyntaxKind[node.kind]} out of order`)
      copy(at, from)
      if (isOpen && !isClosed)
        writer.insertIf(';', from, (next, place) => continuesStatement(next, !isBehindChange && place === from))
      if (isChanged && endsAtLineBreak(ts, node)) writer.holdLine(file.fileName.endsWith('ts'))
      const line = writer.lines
      if (isChanged) emit(child)
      // where no source map leads there, the lines of errors are those of the original
      if (isChanged && isInList(ts, child)) {
        const linesOfChild = lineAt(child.end) - lineAt(from)
        writer.keepLines(linesOfChild - (writer.lines - line), child.end)
      }
      at = isChanged ? child.end : from
    })
    copy(at, node.end)
  }

  // a + b + c + …: down the left operands in a loop, then up again
  const emitSpine = (top: ts.BinaryExpression) => {
    const spine: ts.BinaryExpression[] = []
    const starts: number[] = []
    let left: ts.Expression = top
    while (ts.isBinaryExpression(left) && onTheWay.has(left) && siteAt.get(left)?.form !== 'assign') {
      const site = siteAt.get(left) as BinarySite | undefined
      starts.push(writer.length)
      if (site) forms.open(site, writer)
      spine.push(left)
      left = site ? forms.leftOf(site) : left.left
    }
    const lowest = siteAt.get(spine.at(-1)!) as BinarySite | undefined
    if (!(lowest && forms.movesLeft?.(lowest))) emit(left)
    for (const node of spine.reverse()) {
      const site = siteAt.get(node) as BinarySite | undefined
      if (site) {
        forms.close(site, writer, emit)
      } else {
        copy(node.left.end, node.right.getStart(file))
        emit(node.right)
      }
      const start = starts.pop()!
      ranges.set(node, { start, length: writer.length - start })
    }
  }

  emitChildren(file, 0)
  return { mapped: writer.finish(), ranges }
}

function ancestors(sites: readonly Site[]): ReadonlySet<ts.Node> {
  const seen = new Set<ts.Node>()
  for (const { node } of sites) for (let at: ts.Node = node; at && !seen.has(at); at = at.parent) seen.add(at)
  return seen
}
