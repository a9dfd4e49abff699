/**
 * The pieces that meant trees are made of: names, calls, members and assignments, as parts of a skeleton.
 * It must not know what an operator is written as.
 */
import type { Site } from '../syntax/syntax.ts'
import { type Helper, methodNames, quoted } from './context.ts'
import type { Plan } from './plan.ts'
import { leaf, opened, type TreePart } from './skeleton.ts'

export type Parts = readonly TreePart[]

/** Makes the parts of a file's meant tree. */
export interface TreeMaker {
  readonly plan: Plan
  name(text: string): Parts
  call(callee: Parts, ...args: readonly Parts[]): Parts
  member(object: Parts, method: string): Parts
  binary(left: Parts, operator: TreePart, right: Parts): Parts
  assignment(target: Parts, value: Parts): Parts
  /** The name of a helper in this file, as an expression. */
  named(helper: Helper): Parts
  /** A call of a helper. */
  helped(helper: Helper, ...args: readonly Parts[]): Parts
  /** The key and the names of methods, which a helper takes first. */
  dispatched(site: Site, key: string): readonly Parts[]
  dispatchedUnary(site: Site): readonly Parts[]
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

export function treeMaker(plan: Plan): TreeMaker {
  const { ts } = plan
  const { SyntaxKind } = ts
  const name = (text: string): Parts => [leaf(ts, SyntaxKind.Identifier, text)]
  const text = (value: string): Parts => [leaf(ts, SyntaxKind.StringLiteral, quoted(value))]
  const call = (callee: Parts, ...args: readonly Parts[]): Parts =>
    opened(ts, SyntaxKind.CallExpression, '', [...callee, '[', ...args.flat(), ']'])
  const member = (object: Parts, method: string): Parts =>
    IDENTIFIER.test(method)
      ? opened(ts, SyntaxKind.PropertyAccessExpression, '', [...object, ...name(method)])
      : opened(ts, SyntaxKind.ElementAccessExpression, '', [...object, ...text(method)])
  const binary = (left: Parts, operator: TreePart, right: Parts): Parts =>
    opened(ts, SyntaxKind.BinaryExpression, '', [...left, operator, ...right])
  const named = (helper: Helper): Parts => {
    const [first, second] = plan.name(helper).split('.') as [string, string?]
    return second === undefined ? name(first) : member(name(first), second)
  }
  const dispatched = (site: Site, key: string): readonly Parts[] =>
    [key, ...methodNames(plan.resolutionOf(site))].map(text)
  return {
    ...{ plan, name, call, member, binary, named, dispatched },
    // FirstAssignment is `=`
    assignment: (target, value) => binary(target, leaf(ts, SyntaxKind.FirstAssignment, '='), value),
    helped: (helper, ...args) => call(named(helper), ...args),
    dispatchedUnary: site => dispatched(site, site.key).slice(0, 2),
  }
}
