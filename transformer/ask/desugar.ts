/**
 * Turns every operator of a file into a call of a helper whose return type is computed from its operand types: the probe text.
 * Pure and syntactic; the text is only ever type-checked, never shown or run.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type Chain, isTop, longChains, withoutParentheses } from '../syntax/chains.ts'
import { firstStatement, freeName } from '../syntax/inserts.ts'
import { type Emit, type FileSites, type Forms, rewrite } from '../syntax/rewrite.ts'
import { isPrefix, isRepeatable, isValueUnused, type Site, targetOf } from '../syntax/syntax.ts'
import type { MappedText } from '../text/text.ts'
import type { Writer } from '../text/writer.ts'

export interface ProbeText {
  readonly mapped: MappedText
  /** The helper's name in this file. */
  readonly helper: string
}

/** The probe text of a file. `helperType` is the type of the helper, as it is written in that file. */
export function desugar(ts: TypeScript, found: FileSites, helperType: string): ProbeText {
  const { file } = found
  const helper = freeName(file.text, '__op')
  // `var`, since scripts share one scope and may repeat it; on the line of the first statement, so that no line moves
  const header = { at: firstStatement(ts, file), text: `declare var ${helper}: ${helperType}; ` }
  const { mapped } = rewrite(ts, found, probeForms(ts, file, helper, longChains(ts, found)), header)
  return { mapped, helper }
}

function probeForms(ts: TypeScript, file: ts.SourceFile, helper: string, chains: ReadonlyMap<ts.Node, Chain>): Forms {
  const call = (key: string) => `${helper}['${key}'](`
  return {
    leftOf: ({ node }) => (chains.has(node) ? withoutParentheses(ts, file, node.left) : node.left),
    // A long chain is one flat call behind its first operator, `__op.chain(__op['+'](a, b), c, …)`.
    open({ key, node }, writer) {
      const chain = chains.get(node)
      if (chain && isTop(chain, node)) writer.insert(`${helper}.chain(`, node.getStart(file))
      if (!chain || chain.sites[0]!.node === node) writer.insert(call(key), node.getStart(file))
    },
    close({ node }, writer, emit) {
      const { left, operatorToken, right } = node
      writer.copy(left.end, operatorToken.getStart(file))
      writer.insert(',', operatorToken.getStart(file), operatorToken.end)
      writer.copy(operatorToken.end, right.getStart(file))
      emit(right)
      const chain = chains.get(node)
      if (!chain || chain.sites[0]!.node === node || isTop(chain, node)) writer.insert(')', node.end)
    },
    write(site, writer, emit) {
      const { node } = site
      switch (site.form) {
        case 'assign':
          return probeAssignment(ts, site, call(site.key), writer, emit, file)
        case 'unary':
          writer.insert(call(site.key), node.getStart(file))
          emit(site.node.operand)
          writer.insert(')', node.end)
          return
        case 'step':
          return probeStep(ts, site, call(site.key), helper, writer, emit, file)
        case 'math':
          writer.insert(`${helper}.Math('${site.name}'`, node.getStart(file), site.node.expression.end)
          for (const argument of site.node.arguments) {
            writer.insert(', ', argument.getStart(file))
            emit(argument)
          }
          writer.insert(')', node.end)
          return
        default:
          site satisfies never
      }
    },
  }
}

// The probe assigns a target that can be repeated, so that control flow narrows it; of any other target it only takes the type.
function probeAssignment(
  ts: TypeScript,
  site: Extract<Site, { form: 'assign' }>,
  call: string,
  writer: Writer,
  emit: Emit,
  file: ts.SourceFile,
): void {
  const { left, operatorToken, right } = site.node
  const start = left.getStart(file)
  if (isRepeatable(ts, targetOf(ts, site)!)) {
    writer.copy(start, left.end)
    writer.insert(` = ${call}`, operatorToken.getStart(file), operatorToken.end)
    writer.insert(left.getText(file), start, left.end)
  } else {
    writer.insert(call, start)
    emit(left)
  }
  writer.insert(',', operatorToken.getStart(file), operatorToken.end)
  writer.copy(operatorToken.end, right.getStart(file))
  emit(right)
  writer.insert(')', right.end)
}

function probeStep(
  ts: TypeScript,
  site: Extract<Site, { form: 'step' }>,
  call: string,
  helper: string,
  writer: Writer,
  emit: Emit,
  file: ts.SourceFile,
): void {
  const { node } = site
  const { operand } = node
  const start = node.getStart(file)
  if (!isRepeatable(ts, targetOf(ts, site)!)) {
    writer.insert(call, start)
    emit(operand)
    writer.insert(')', node.end)
    return
  }
  const target = operand.getText(file)
  const wrap = !isValueUnused(ts, node)
  if (wrap) writer.insert(`${helper}.first(${isPrefix(node) ? '' : `${target}, `}`, start)
  writer.insert(`${target} = ${call}`, start)
  emit(operand)
  writer.insert(')', node.end)
  if (wrap) writer.insert(isPrefix(node) ? ', 0)' : ')', node.end)
}
