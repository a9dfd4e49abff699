/**
 * Writes a file again with every resolved operator as the method call that it means, and everything else as it stands.
 * Pure: from the original text and the resolutions to plain TypeScript with its source map. It must not ask the checker.
 */
import type ts from 'typescript'
import { firstStatement, freeName } from './desugar.ts'
import type { Resolution, Resolved } from './resolve.ts'
import { type BinarySite, type Emit, type Forms, rewrite } from './rewrite.ts'
import { hidden } from './scope.ts'
import {
  isValueUnused,
  needsOldValue,
  onlyLiterals,
  operatorSpan,
  type Site,
  type TypeScript,
  unparenthesized,
} from './syntax.ts'
import type { MappedText, Writer } from './text.ts'

/** The functions of the runtime entry that lowered text may call. */
type Helper = 'dispatchBinary' | 'dispatchUnary' | 'dispatchMath' | 'evaluatedFirst'

/** How a file imports the runtime: `import x = require('tsgrad')` where the compiler keeps imports as they are written. */
export type ImportStyle = 'esm' | 'require'

interface Lowering {
  readonly ts: TypeScript
  readonly file: ts.SourceFile
  readonly resolutions: ReadonlyMap<ts.Node, Resolution>
  /** The inserted name of a helper. */
  name(helper: Helper): string
  stringIsHidden(at: ts.Node): boolean
}

/** The lowered text of a file; undefined when all its operators are JavaScript's own, so that the file stays untouched. */
export function lower(
  ts: TypeScript,
  file: ts.SourceFile,
  resolved: readonly Resolved[],
  style: ImportStyle,
): MappedText | undefined {
  const sites = resolved.filter(({ resolution }) => resolution.kind !== 'native').map(({ site }) => site)
  if (sites.length === 0) return undefined
  const resolutions = new Map(resolved.map(({ site, resolution }) => [site.node as ts.Node, resolution]))
  const helpers = new Set<Helper>()
  for (const { site, resolution } of resolved)
    for (const helper of helpersOf(ts, file, site, resolution)) helpers.add(helper)
  const prefix = freeName(file.text, '__tsgrad')
  const lowering: Lowering = {
    ts,
    file,
    resolutions,
    name: helper => (style === 'esm' ? `${prefix}_${helper}` : `${prefix}.${helper}`),
    stringIsHidden: hidden(ts, file, 'String'),
  }
  const header =
    helpers.size > 0 ? { at: importPosition(ts, file), text: importText([...helpers], prefix, style) } : undefined
  return rewrite(ts, { file, sites }, forms(lowering), header)
}

function importText(helpers: readonly Helper[], prefix: string, style: ImportStyle): string {
  if (style === 'require') return `import ${prefix} = require('tsgrad'); `
  return `import { ${helpers.map(helper => `${helper} as ${prefix}_${helper}`).join(', ')} } from 'tsgrad'; `
}

/** Before the first statement, and before the doc comment that belongs to it, but after pragmas and licences. */
function importPosition(ts: TypeScript, file: ts.SourceFile): number {
  const at = firstStatement(ts, file)
  const statement = file.statements.find(node => node.getStart(file) === at)
  const comment = statement && ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).at(-1)
  return comment && !/@jsx|@ts-|@license/.test(comment.getText(file)) ? comment.getStart(file) : at
}

function helpersOf(ts: TypeScript, file: ts.SourceFile, site: Site, resolution: Resolution): Helper[] {
  if (resolution.kind === 'native' || resolution.kind === 'text') return []
  const helpers: Helper[] = needsOldValue(ts, site) ? ['evaluatedFirst'] : []
  if (isDispatched(ts, file, site, resolution))
    helpers.push(
      site.form === 'math'
        ? 'dispatchMath'
        : site.form === 'unary' || site.form === 'step'
          ? 'dispatchUnary'
          : 'dispatchBinary',
    )
  return helpers
}

/** A reflected call evaluates the right operand first. Where that could be seen, the run-time helper keeps the order. */
function isDispatched(ts: TypeScript, file: ts.SourceFile, site: Site, resolution: Resolution): boolean {
  if (resolution.kind !== 'reflected') return resolution.kind === 'dispatch'
  const [left, right] = site.form === 'math' ? site.node.arguments : operands(site)
  const between = file.text.slice(left!.end, right!.getStart(file))
  const hasComment = /[\n\r]|\/[/*]/.test(between)
  return hasComment || !(onlyLiterals(ts, left!) || (isFixed(ts, left!) && isPlainRead(ts, right!)))
}

function operands(site: Site): [ts.Expression, ts.Expression] {
  const { left, right } = site.node as ts.BinaryExpression
  return [left, right]
}

/** A variable read: no side effect, and none that another read could have on it. */
function isFixed(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isIdentifier(node)
}
function isPlainRead(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unparenthesized(ts, node)
  return ts.isIdentifier(inner) || inner.kind === ts.SyntaxKind.ThisKeyword
}

function forms(lowering: Lowering): Forms {
  const { ts, file, resolutions } = lowering
  const resolutionOf = (site: Site) => resolutions.get(site.node)!
  const isReflectedCall = (site: Site) => {
    const resolution = resolutionOf(site)
    return resolution.kind === 'reflected' && !isDispatched(ts, file, site, resolution)
  }
  return {
    movesLeft: isReflectedCall,
    open(site, writer) {
      const resolution = resolutionOf(site)
      const { left } = site.node
      if (isReflectedCall(site)) return
      if (resolution.kind === 'text') {
        if (resolution.operand === 'left') writer.insert(textOpen(lowering, left), left.getStart(file))
      } else if (resolution.kind === 'method') {
        openReceiver(lowering, left, writer, site.node)
      } else {
        const { start, end } = operatorSpan(site, file)
        writer.insert(dispatchOpen(lowering, 'dispatchBinary', site.key, resolution), start, end)
      }
    },
    close(site, writer, emit) {
      const resolution = resolutionOf(site)
      if (isReflectedCall(site)) writeReflected(lowering, site.node.left, site.node.right, site, writer, emit)
      else if (resolution.kind === 'text') closeText(lowering, site, resolution.operand, writer, emit)
      else closeBinary(lowering, site, resolution, writer, emit)
    },
    write(site, writer, emit) {
      const resolution = resolutionOf(site)
      switch (site.form) {
        case 'assign':
          return writeAssignment(lowering, site, resolution, writer, emit)
        case 'unary':
          return writeUnary(lowering, site, resolution, writer, emit)
        case 'step':
          return writeStep(lowering, site, resolution, writer)
        case 'math':
          return writeMath(lowering, site, resolution, isReflectedCall(site), writer, emit)
        default:
          site satisfies never
      }
    },
  }
}

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`

/** `.mul`, or `['a b']` for a method whose name is no identifier. */
const member = (method: string) =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(method) ? `.${method}` : `[${quoted(method)}]`

/** The start of a run-time helper's call: `dispatchBinary('*', 'mul', 'rmul', `. A reflected call has no method for the left. */
function dispatchOpen({ name }: Lowering, helper: Helper, key: string, resolution: Resolution): string {
  if (resolution.kind !== 'dispatch' && resolution.kind !== 'reflected')
    throw new Error(`${resolution.kind} is not dispatched`)
  const names = resolution.kind === 'dispatch' ? [resolution.method, resolution.reflected] : ['', resolution.method]
  const texts = helper === 'dispatchUnary' ? [key, names[0]!] : [key, ...names]
  return `${name(helper)}(${texts.map(quoted).join(', ')}, `
}

function closeBinary(lowering: Lowering, site: BinarySite, resolution: Resolution, writer: Writer, emit: Emit): void {
  const { file } = lowering
  const { left, operatorToken, right } = site.node
  const { start, end } = operatorSpan(site, file)
  if (resolution.kind === 'method') closeReceiver(lowering, left, writer)
  copyGap(file, left.end, operatorToken.getStart(file), writer)
  writer.insert(resolution.kind === 'method' ? `${member(resolution.method)}(` : ', ', start, end)
  copyGap(file, end, right.getStart(file), writer)
  emit(right)
  writer.insert(')', site.node.end)
}

/** Blanks around an operator go with it; line breaks and comments stay. */
function copyGap(file: ts.SourceFile, start: number, end: number, writer: Writer): void {
  if (/\S|[\n\r]/.test(file.text.slice(start, end))) writer.copy(start, end)
}

function writeReflected(
  lowering: Lowering,
  left: ts.Expression,
  right: ts.Expression,
  site: Site,
  writer: Writer,
  emit: Emit,
): void {
  const { file, resolutions } = lowering
  const { start, end } = operatorSpan(site, file)
  const { method } = resolutions.get(site.node) as Extract<Resolution, { kind: 'reflected' }>
  openReceiver(lowering, right, writer, site.node)
  emit(right)
  closeReceiver(lowering, right, writer)
  writer.insert(`${member(method)}(`, start, end)
  writer.copy(left.getStart(file), left.end)
  writer.insert(')', site.node.end)
}

// ---- the object before a dot

/** Opens a parenthesis where a dot could not follow the operand, which will stand first in what is written for `whole`. */
function openReceiver(lowering: Lowering, operand: ts.Expression, writer: Writer, whole: ts.Node): void {
  if (needsParentheses(lowering, operand)) writer.insert(parenthesis(lowering, whole), operand.getStart(lowering.file))
}

function closeReceiver(lowering: Lowering, operand: ts.Expression, writer: Writer): void {
  if (needsParentheses(lowering, operand)) writer.insert(')', operand.end)
}

function needsParentheses({ ts, file, resolutions }: Lowering, operand: ts.Expression): boolean {
  // At the start of a statement or an arrow body these would be read as something else.
  if (/^(?:\{|function\b|class\b|async\b|let\b)/.test(operand.getText(file))) return true
  // What was rewritten is a call by now (an assignment has parentheses of its own).
  const resolution = resolutions.get(operand)
  if (resolution && resolution.kind !== 'native' && resolution.kind !== 'text') return false
  if (ts.isNewExpression(operand)) return operand.arguments === undefined
  // `(o?.a).mul(2)` must not be skipped with the chain
  if (ts.isOptionalChain(operand) || ts.isNonNullExpression(operand)) return endsOptionalChain(ts, operand)
  return !ts.isLeftHandSideExpression(operand) || ts.isNumericLiteral(operand)
}

function endsOptionalChain(ts: TypeScript, node: ts.Expression): boolean {
  let at: ts.Expression = node
  while (ts.isNonNullExpression(at)) at = at.expression
  return ts.isOptionalChain(at)
}

/** An opening parenthesis; after a line without a semicolon it would call what stands there, so that it needs one itself. */
function parenthesis({ ts, file }: Lowering, at: ts.Node): string {
  return wouldContinueStatement(ts, at, file) ? ';(' : '('
}

function wouldContinueStatement(ts: TypeScript, at: ts.Node, file: ts.SourceFile): boolean {
  const start = at.getStart(file)
  let node = at
  while (node.parent && node.parent.getStart(file) === start && !ts.isExpressionStatement(node)) node = node.parent
  if (!ts.isExpressionStatement(node)) return false
  const { parent } = node
  if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isModuleBlock(parent) && !ts.isCaseOrDefaultClause(parent))
    return false
  const before = parent.statements[parent.statements.indexOf(node) - 1]
  return before !== undefined && file.text[before.end - 1] !== ';'
}

// ---- text

function textOpen({ stringIsHidden }: Lowering, at: ts.Node): string {
  return stringIsHidden(at) ? '`${' : 'String('
}
function textClose({ stringIsHidden }: Lowering, at: ts.Node): string {
  return stringIsHidden(at) ? '}`' : ')'
}

function closeText(lowering: Lowering, site: BinarySite, operand: 'left' | 'right', writer: Writer, emit: Emit): void {
  const { left, right } = site.node
  if (operand === 'left') writer.insert(textClose(lowering, left), left.end)
  writer.copy(left.end, right.getStart(lowering.file))
  if (operand === 'right') writer.insert(textOpen(lowering, right), right.getStart(lowering.file))
  emit(right)
  if (operand === 'right') writer.insert(textClose(lowering, right), right.end)
}

// ---- assignments and steps

function writeAssignment(
  lowering: Lowering,
  site: Extract<Site, { form: 'assign' }>,
  resolution: Resolution,
  writer: Writer,
  emit: Emit,
): void {
  const { file } = lowering
  const { left, right } = site.node
  const { start, end } = operatorSpan(site, file)
  emit(left)
  writer.copy(left.end, start)
  if (resolution.kind === 'text') {
    writer.copy(start, right.getStart(file))
    writer.insert(textOpen(lowering, right), right.getStart(file))
    emit(right)
    writer.insert(textClose(lowering, right), right.end)
    return
  }
  const target = unparenthesized(lowering.ts, left)
  writer.insert(start === left.end ? ' = ' : '= ', start, end)
  const isCall = resolution.kind === 'method'
  if (!isCall) writer.insert(dispatchOpen(lowering, 'dispatchBinary', site.key, resolution), start, end)
  writer.copy(target.getStart(file), target.end)
  writer.insert(isCall ? `${member(resolution.method)}(` : ', ', start, end)
  copyGap(file, end, right.getStart(file), writer)
  emit(right)
  writer.insert(')', site.node.end)
}

function writeStep(
  lowering: Lowering,
  site: Extract<Site, { form: 'step' }>,
  resolution: Resolution,
  writer: Writer,
): void {
  const { ts, file, name } = lowering
  const { node } = site
  const { start, end } = operatorSpan(site, file)
  const target = unparenthesized(ts, node.operand)
  const old = needsOldValue(ts, site)
  const grouped = !isValueUnused(ts, node) && !old
  const copyTarget = () => writer.copy(target.getStart(file), target.end)
  if (old) {
    writer.insert(`${name('evaluatedFirst')}(`, start, end)
    copyTarget()
    writer.insert(', ', start, end)
  }
  if (grouped) writer.insert(parenthesis(lowering, node), start, end)
  copyTarget()
  writer.insert(' = ', start, end)
  if (resolution.kind === 'dispatch')
    writer.insert(dispatchOpen(lowering, 'dispatchUnary', site.key, resolution), start, end)
  copyTarget()
  writer.insert(resolution.kind === 'method' ? `${member(resolution.method)}(1)` : ')', start, end)
  if (grouped || old) writer.insert(')', node.end)
}

// ---- signs and Math

function writeUnary(
  lowering: Lowering,
  site: Extract<Site, { form: 'unary' }>,
  resolution: Resolution,
  writer: Writer,
  emit: Emit,
): void {
  const { file } = lowering
  const { operand } = site.node
  const { start, end } = operatorSpan(site, file)
  if (resolution.kind === 'dispatch') {
    writer.insert(dispatchOpen(lowering, 'dispatchUnary', site.key, resolution), start, end)
    emit(operand)
    writer.insert(')', site.node.end)
    return
  }
  openReceiver(lowering, operand, writer, site.node)
  emit(operand)
  closeReceiver(lowering, operand, writer)
  writer.insert(`${member((resolution as { method: string }).method)}()`, start, end)
}

function writeMath(
  lowering: Lowering,
  site: Extract<Site, { form: 'math' }>,
  resolution: Resolution,
  reflected: boolean,
  writer: Writer,
  emit: Emit,
): void {
  const { file } = lowering
  const { node } = site
  const { start, end } = operatorSpan(site, file)
  const [first, ...rest] = node.arguments
  if (reflected) {
    writeReflected(lowering, first!, rest[0]!, site, writer, emit)
    return
  }
  if (resolution.kind === 'method') {
    openReceiver(lowering, first!, writer, node)
    emit(first!)
    closeReceiver(lowering, first!, writer)
    writer.insert(`${member(resolution.method)}(`, start, end)
  } else {
    writer.insert(dispatchOpen(lowering, 'dispatchMath', site.name, resolution), start, end)
    emit(first!)
    if (rest.length > 0) writer.insert(', ', first!.end)
  }
  for (const [i, argument] of rest.entries()) {
    if (i > 0) writer.insert(', ', argument.getStart(file))
    emit(argument)
  }
  writer.insert(')', node.end)
}
