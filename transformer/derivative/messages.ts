/**
 * What is said of a function whose derivative is refused, or always 0: the message, its place, and the calls that lead there.
 * It must not know how a fault is found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue } from '../report/diagnostics.ts'
import { type Activation, type DerivativeFault, type FunctionNode, inner } from './enter/context.ts'
import type { Entered } from './enter/enter.ts'
import { labelOf } from './enter/names.ts'
import { zeroGradients } from './zero-gradients.ts'

/** Why an argument has none, at a node of the same file. */
export interface Refused {
  readonly node: ts.Node
  readonly entry: CatalogueEntry
  readonly args: readonly string[]
}

/** What a person writes in the place of a method, which would lose its object. */
export function writtenOut(ts: TypeScript, checker: ts.TypeChecker, argument: ts.Expression): string {
  const found = inner(ts, argument)
  const [text, signature] = [found.getText(), checker.getTypeAtLocation(found).getCallSignatures()[0]]
  if (!ts.isPropertyAccessExpression(found) || !signature || !/^[\w$.]+$/.test(text))
    return '(p: number[]) => model.loss(p)'
  const names = signature.parameters.map(each => each.name)
  const typed = signature.parameters.map(
    each => `${each.name}: ${checker.typeToString(checker.getTypeOfSymbolAtLocation(each, argument))}`,
  )
  return `(${typed.join(', ')}) => ${text}(${names.join(', ')})`
}

export function calledName(ts: TypeScript, node: FunctionNode, argument: ts.Expression): string {
  const found = inner(ts, argument)
  if (ts.isIdentifier(found)) return `'${found.text}'`
  return node.name ? `'${node.name.getText()}'` : 'this function'
}

/** The arguments by which a gradient is always 0, by their parameters. */
export function zerosOf(
  ts: TypeScript,
  argument: ts.Expression,
  { parameters }: FunctionNode,
  name: string,
  entered: Entered,
): readonly (readonly [ts.Node, Refused])[] {
  return zeroGradients(entered).flatMap(({ input, by }) => {
    const parameter = parameters[entered.parameters.indexOf(input)]!
    const named = parameter.name.getText()
    if (named.startsWith('_')) return []
    const files = [argument, parameter].map(each => each.getSourceFile())
    const file = files.find(({ fileName }) => fileName === by?.at?.fileName)
    const line = file && ` in line ${ts.getLineAndCharacterOfPosition(file, by!.at!.start).line + 1}`
    const reason = by ? `depends on it only through ${by.words}${line ?? ''}` : 'does not depend on it'
    const node = files[1] === files[0] ? parameter.name : argument
    return [[parameter, { node, entry: catalogue.zeroGradient, args: [name, named, reason] }]]
  })
}

export function refusedFor(
  ts: TypeScript,
  file: ts.SourceFile,
  argument: ts.Expression,
  name: string,
  { entry, node, args: [about = ''] }: DerivativeFault,
  path: readonly Activation[],
): Refused {
  const where = (at: ts.Node) => {
    const own = at.getSourceFile()
    const { line, character } = ts.getLineAndCharacterOfPosition(own, at.getStart(own))
    return `${own.fileName.slice(own.fileName.lastIndexOf('/') + 1)}:${line + 1}:${character + 1}`
  }
  const isHere = node.getSourceFile() === file
  const calls = path.slice(1).map(each => `${labelOf(ts, each.node) ?? 'a function'} (${where(each.at)})`)
  const reached = [
    ...(isHere ? [] : [` It is at ${where(node)}.`]),
    ...(calls.length > 0 ? [` It is reached by ${calls.join(' → ')}.`] : []),
    ...(isHere && node !== argument ? [` The gradient is taken at ${where(argument)}.`] : []),
  ]
  return { node: isHere ? node : argument, entry, args: [name, about, reached.join('')] }
}
