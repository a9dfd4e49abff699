/**
 * For people: each call that takes a derivative of a function, and whether that is compiled or recorded on the tape, and why.
 * It reads a program whose derivatives are in its texts, and must not know how they came there.
 */
import type ts from 'typescript'
import type { Checker } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from '../syntax/walk.ts'
import { inner } from './enter/context.ts'
import { isMarked, mayBeFunction, numbersTaken } from './marks.ts'

/** A call with a function where `Differentiable` may stand. */
export interface VerbCall {
  readonly called: ts.Expression
  /** The function, without the derivatives that were written beside it. */
  readonly argument: ts.Expression
  /** In words. */
  readonly engine: string
}

/** The calls of a file, in source order. */
export function verbCallsIn(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): readonly VerbCall[] {
  const found: VerbCall[] = []
  walk(ts, file, node => {
    if (ts.isTypeNode(node)) return 'skip'
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined
    const type = checker.getTypeAtLocation(node.expression)
    const signatures = ts.isCallExpression(node) ? type.getCallSignatures() : type.getConstructSignatures()
    for (const [i, argument] of (node.arguments ?? []).entries()) {
      const parameters = signatures.flatMap(({ parameters }) => parameters[i] ?? [])
      if (mayBeFunction(ts, argument) && parameters.some(each => isMarked(checker.getTypeOfSymbol(each))))
        found.push({ called: node.expression, ...engineOf(ts, checker, argument) })
    }
    return undefined
  })
  return found
}

function engineOf(ts: TypeScript, checker: ts.TypeChecker, argument: ts.Expression): Omit<VerbCall, 'called'> {
  const type = checker.getTypeAtLocation(argument)
  const written = inner(ts, argument)
  if (ts.isCallExpression(written) && checker.getTypeAtLocation(written.expression).symbol?.name === 'differentiable') {
    const kinds = checker.getTypeAtLocation(written.arguments[1]!).getProperties()
    return { argument: written.arguments[0]!, engine: `compiled: ${kinds.map(each => each.name).join(', ')}` }
  }
  if (isMarked(type)) return { argument, engine: 'compiled where it was passed to a Differentiable' }
  return { argument, engine: uncompiled(ts, checker, argument, type) }
}

function uncompiled(ts: TypeScript, checker: ts.TypeChecker, argument: ts.Expression, type: ts.Type): string {
  const taken = numbersTaken(ts, checker as Checker, type)
  if (taken.has('tracked')) {
    const own = inner(ts, argument)
    const untyped = ts.isFunctionLike(own) ? own.parameters.find(each => !each.type) : undefined
    return untyped
      ? `on the tape: ${untyped.name.getText()} has no type, which makes it tracked; with a type of plain numbers it is compiled`
      : 'on the tape: it takes tracked numbers'
  }
  if (taken.has('open')) return 'on the tape: a parameter may be anything'
  return taken.has('plain') ? 'refused' : 'on the tape: it takes no numbers'
}
