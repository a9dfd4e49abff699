/**
 * Finds the method calls that an operator could replace, with each such operator.
 * It reads types and tables only; it must not lower anything: adoption.ts tests each operator.
 */
import type ts from 'typescript'
import type { LoweredFile } from '../../transformer/build/lowered-file.ts'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { mayReverse } from '../../transformer/meaning/order.ts'
import { operatorsKey, type Part, type Reader, tableReader } from '../../transformer/meaning/tables.ts'
import { findCandidates } from '../../transformer/syntax/candidates.ts'
import { BINARY_KEYS, isValueUnused, UNARY_KEYS } from '../../transformer/syntax/syntax.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import type { LoweredProgram } from '../../transformer/transform.ts'
import type { Spelling } from './precedence.ts'

/** A call `x.m(…)` whose name is a plain identifier. */
export interface MethodCall extends ts.CallExpression {
  readonly expression: ts.PropertyAccessExpression & { readonly name: ts.Identifier }
}

/** One way to write a call. */
export type Way = Spelling & { readonly isReflected: boolean }

/** A call and the operators that the receiver's tables offer for it, the preferred one first. */
export interface Offer {
  readonly node: MethodCall
  readonly ways: readonly Way[]
}

const binaryKeys: ReadonlySet<string> = new Set(BINARY_KEYS)
const unaryTokens: ReadonlyMap<string, string> = new Map(Object.entries(UNARY_KEYS).map(([token, key]) => [key, token]))

/** Lists for each file the calls that an operator could replace. `before` is the unchanged program, lowered. */
export function offersIn(
  ts: TypeScript,
  program: ts.Program,
  before: LoweredProgram,
): { files: readonly ts.SourceFile[]; offers(file: ts.SourceFile): readonly Offer[] } {
  const { homes, files } = findCandidates(ts, program)
  const [home] = homes
  if (!home) return { files: [], offers: () => [] }
  // types come from the lowered program: in the original one `(a * 4).add(3)` is an error on a number
  const checker = before.program.getTypeChecker()
  const key = operatorsKey(ts, checker, before.program.getSourceFile(home.fileName)!)
  const reader = tableReader(ts, checker, key)
  const explained = new Map(before.files.map(file => [file.original, file]))
  const offers = (file: ts.SourceFile) => {
    const lowered = before.program.getSourceFile(file.fileName)!
    const original = new Map(methodCalls(ts, file).map(node => [node.expression.name.getStart(file), node]))
    return methodCalls(ts, lowered).flatMap(typed => {
      const node = original.get(originalStart(typed.expression.name, lowered, explained.get(file)))
      if (!node || node.expression.name.text !== typed.expression.name.text || !mayChange(ts, node)) return []
      const ways = waysOf(ts, reader, node, checker.getTypeAtLocation(typed.expression.expression))
      return ways.length > 0 ? [{ node, ways }] : []
    })
  }
  return { files, offers }
}

function originalStart(name: ts.Node, lowered: ts.SourceFile, explained: LoweredFile | undefined): number {
  const start = name.getStart(lowered)
  return explained ? explained.mapped.toOriginal({ start, length: name.end - start }).start : start
}

/** The calls `x.m(…)` of a file, outer before inner, except optional calls, calls of `super` and calls with type arguments. */
function methodCalls(ts: TypeScript, file: ts.SourceFile): readonly MethodCall[] {
  const calls: MethodCall[] = []
  walk(ts, file, node => {
    if (isMethodCall(ts, node)) calls.push(node)
  })
  return calls
}

function isMethodCall(ts: TypeScript, node: ts.Node): node is MethodCall {
  if (!ts.isCallExpression(node) || ts.isOptionalChain(node) || node.typeArguments) return false
  const { expression: callee } = node
  return (
    ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.name) &&
    callee.expression.kind !== ts.SyntaxKind.SuperKeyword &&
    !node.arguments.some(ts.isSpreadElement)
  )
}

const holdsComment = (text: string) => /\/[/*]/.test(text)

/** Not a call whose value is unused, since it is made for its effect; nor one with a comment beside its name, which would get lost. */
function mayChange(ts: TypeScript, node: MethodCall): boolean {
  if (isValueUnused(ts, node)) return false
  const { text } = node.getSourceFile()
  const { expression: receiver, name } = node.expression
  const behindDot = /\.\s*\/[/*]/.test(text.slice(receiver.end, name.getStart()))
  const behindName = text.slice(name.end, node.arguments.length > 0 ? text.indexOf('(', name.end) : node.end)
  return !behindDot && !holdsComment(behindName)
}

function waysOf(ts: TypeScript, reader: Reader, node: MethodCall, receiver: ts.Type): readonly Way[] {
  const parts = reader.parts(receiver)
  if (reader.mayBeAbsent(receiver) || !parts.every(({ kind }) => kind === 'operators')) return []
  const method = node.expression.name.text
  const { expression, name } = node.expression
  const beforeName = node.getSourceFile().text.slice(expression.end, name.end)
  const direct = keysNaming(parts, 'direct', method)
    .flatMap(key => directWay(key, node.arguments.length) ?? [])
    // a comment can stay only between two operands
    .filter(({ form }) => form === 'binary' || !holdsComment(beforeName))
  const reflected = keysNaming(parts, 'reflected', method).flatMap(key => reflectedWay(ts, key, node) ?? [])
  const isMath = ({ form }: Way) => (form === 'math' ? 1 : 0)
  return (direct.length > 0 ? direct : reflected).sort((a, b) => isMath(a) - isMath(b))
}

/** The keys under which all parts of a type name a method. */
function keysNaming(parts: readonly Part[], side: 'direct' | 'reflected', method: string): readonly string[] {
  const [first, ...rest] = parts.map(({ table }) => table![side])
  return [...first!].flatMap(([key, name]) =>
    name === method && rest.every(table => table.get(key) === method) ? [key] : [],
  )
}

function directWay(key: string, count: number): Way | undefined {
  const token = unaryTokens.get(key)
  if (token) return count === 0 ? { form: 'unary', key, token, isReflected: false } : undefined
  if (binaryKeys.has(key)) return count === 1 ? { form: 'binary', key, isReflected: false } : undefined
  return key.startsWith('Math.') ? { form: 'math', key, isReflected: false } : undefined
}

/** Only where the program cannot observe that the argument is evaluated first. */
function reflectedWay(ts: TypeScript, key: string, { arguments: args, expression, end }: MethodCall): Way | undefined {
  const [argument] = args
  if (!argument || args.length > 1 || !mayReverse(ts, argument, expression.expression)) return undefined
  const around = expression.getSourceFile().text.slice(expression.expression.end, end)
  if (/[\n\r]|\/[/*]/.test(around)) return undefined
  if (binaryKeys.has(key)) return { form: 'binary', key, isReflected: true }
  return key.startsWith('Math.') ? { form: 'math', key, isReflected: true } : undefined
}
