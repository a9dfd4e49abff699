/**
 * Writes a file with some method calls as operators, with the fewest parentheses that JavaScript's grammar allows.
 * Comments and line breaks stay in place. It must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import type { MappedText } from '../../transformer/text/text.ts'
import { Writer } from '../../transformer/text/writer.ts'
import type { MethodCall, Way } from './calls.ts'
import { LEAST_SIGNED, leastAt, leastOperand, strengthOf, strengthOfNode } from './precedence.ts'
import { needsSemicolon } from './semicolons.ts'

/** How each chosen call is written. */
export type Choice = ReadonlyMap<ts.Node, Way>

/** A range of the text and its replacement. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
  /** The order of edits at one position: closing parentheses, replacements, then opening texts from the outermost operand on. */
  readonly order: readonly [phase: number, within: number]
}

interface SpellContext {
  readonly ts: TypeScript
  readonly file: ts.SourceFile
  readonly choice: Choice
}

/** The file's text with the chosen calls as operators; a text inserted for a call has the origin of the method's name. */
export function spell(ts: TypeScript, file: ts.SourceFile, choice: Choice): MappedText {
  const context: SpellContext = { ts, file, choice }
  const edits = [...choice].flatMap(([node, way]) => {
    const call = node as MethodCall
    return [...editsOf(context, call, way), ...outside(context, call, way)].map(edit => ({ ...edit, call }))
  })
  edits.sort((a, b) => a.start - b.start || a.order[0] - b.order[0] || a.order[1] - b.order[1])
  const writer = new Writer(file.text)
  let at = 0
  for (const [i, { start, end, text, call }] of edits.entries()) {
    const isFirst = edits[i - 1]?.start !== start
    writer.copy(at, start)
    const { name } = call.expression
    const semicolon = isFirst && needsSemicolon(ts, call, start, text) ? ';' : ''
    writer.insert(semicolon + text, name.getStart(file), name.end)
    at = end
  }
  writer.copy(at, file.text.length)
  return writer.finish()
}

const replacing = (start: number, end: number, text: string): Edit => ({ start, end, text, order: [1, 0] })
const closing = ({ end }: ts.Node): Edit => ({ start: end, end, text: ')', order: [0, 0] })
function opening({ file }: SpellContext, node: ts.Node, text: string, within: 'outside' | 'inside'): Edit {
  const start = node.getStart(file)
  return { start, end: start, text, order: [2, (within === 'inside' ? 0.5 : 0) - node.end] }
}
function enclosing(context: SpellContext, node: ts.Node): Edit[] {
  return [opening(context, node, '(', 'outside'), closing(node)]
}

function editsOf(context: SpellContext, node: MethodCall, way: Way): Edit[] {
  if (way.form === 'unary') return signEdits(context, node, way.token)
  if (way.isReflected) return reflectedEdits(context, node, way)
  return way.form === 'math' ? mathEdits(context, node, way.key) : binaryEdits(context, node, way.key)
}

/** Parentheses around the text for a call, where the context has a higher precedence. */
function outside(context: SpellContext, node: MethodCall, way: Way): Edit[] {
  const { ts, choice } = context
  const { parent } = node
  // the operator writes the parentheses of its operands
  const isOperand = choice.has(parent) || (ts.isPropertyAccessExpression(parent) && choice.has(parent.parent))
  return isOperand || strengthOf(way) >= leastAt(ts, node) ? [] : enclosing(context, node)
}

function binaryEdits(context: SpellContext, node: MethodCall, key: string): Edit[] {
  const { file } = context
  const { expression: receiver, name } = node.expression
  const [argument] = node.arguments
  const open = file.text.indexOf('(', name.end)
  const start = argument!.getStart(file)
  const lead = file.text.slice(open + 1, start)
  const trail = file.text.slice(argument!.end, node.end - 1)
  const before = file.text.slice(receiver.end, name.getStart(file)).replace(/\.\s*$/, '')
  const gap = /\S|[\n\r]/.test(before) ? before.replace(/\S$/, '$& ') : ' '
  const left = looseOperand(context, receiver, leastOperand(key, 'left'))
  if (/\/[/*]/.test(lead + trail) || strength(context, argument!) < leastOperand(key, 'right')) {
    // the parentheses of the call remain
    const { hasTrailingComma, end } = node.arguments
    const comma = hasTrailingComma ? [replacing(end - 1, end, '')] : []
    return [...left, replacing(receiver.end, open, `${gap}${key} `), ...comma]
  }
  const then = /[\n\r]/.test(lead) ? lead : ' '
  return [...left, replacing(receiver.end, start, `${gap}${key}${then}`), replacing(argument!.end, node.end, '')]
}

function signEdits(context: SpellContext, node: MethodCall, token: string): Edit[] {
  const { ts, choice } = context
  const { expression: receiver } = node.expression
  // two signs would run together
  const isSigned = choice.get(receiver)?.form === 'unary' || ts.isPrefixUnaryExpression(receiver)
  const operand = looseOperand(context, receiver, isSigned ? LEAST_SIGNED + 1 : LEAST_SIGNED)
  return [opening(context, node, token, 'inside'), ...operand, replacing(receiver.end, node.end, '')]
}

function mathEdits(context: SpellContext, node: MethodCall, key: string): Edit[] {
  const { expression: receiver, name } = node.expression
  const open = context.file.text.indexOf('(', name.end)
  const between = node.arguments.length > 0 ? ', ' : ''
  return [opening(context, node, `${key}(`, 'inside'), replacing(receiver.end, open + 1, between)]
}

function reflectedEdits(context: SpellContext, node: MethodCall, { form, key }: Way): Edit[] {
  const { expression: receiver } = node.expression
  const [argument] = node.arguments
  const text = argument!.getText(context.file)
  if (form === 'math')
    return [opening(context, node, `${key}(${text}, `, 'inside'), replacing(receiver.end, node.end, ')')]
  const left = strength(context, argument!) < leastOperand(key, 'left') ? `(${text})` : text
  const right = looseOperand(context, receiver, leastOperand(key, 'right'))
  return [opening(context, node, `${left} ${key} `, 'inside'), ...right, replacing(receiver.end, node.end, '')]
}

/** Parentheses around an operand of too low a precedence. */
function looseOperand(context: SpellContext, operand: ts.Expression, least: number): Edit[] {
  return strength(context, operand) < least ? enclosing(context, operand) : []
}

function strength({ ts, choice }: SpellContext, node: ts.Expression): number {
  const way = choice.get(node)
  return way ? strengthOf(way) : strengthOfNode(ts, node)
}
