/**
 * The meant trees of assignments and steps, and of the helper that evaluates their targets once.
 * It must not know what the writer wrote.
 */
import type ts from 'typescript'
import { needsOldValue, needsPlace, targetOf, writtenTarget } from '../syntax/syntax.ts'
import type { AssignSite, StepSite } from './assignments.ts'
import { placeNames, readable } from './context.ts'
import { textParts } from './meant-values.ts'
import { childParts, leaf, opened } from './skeleton.ts'
import type { Parts, TreeMaker } from './tree-parts.ts'

export function assignParts(make: TreeMaker, site: AssignSite): Parts {
  const { plan, binary, assignment, call, member, helped, dispatched } = make
  const { ts } = plan
  const { left, operatorToken, right } = site.node
  const resolution = plan.resolutionOf(site)
  const target = readable(ts, left)
  if (resolution.kind === 'text')
    return resolution.operand === 'left'
      ? assignment([left], binary(textParts(make, target), leaf(ts, ts.SyntaxKind.PlusToken, '+'), [right]))
      : binary([left], operatorToken, textParts(make, right))
  if (needsPlace(ts, site)) {
    const [place, setter] = placeParts(make, site)
    return call(member(place, 'assign'), ...dispatched(site, site.key), [right], setter)
  }
  const value =
    resolution.kind === 'method'
      ? call(member([target], resolution.method), [right])
      : helped('dispatchBinary', ...dispatched(site, site.key), [target], [right])
  return assignment([left], value)
}

export function stepParts(make: TreeMaker, site: StepSite): Parts {
  const { plan, assignment, call, member, helped, dispatchedUnary } = make
  const { ts } = plan
  const isOld = needsOldValue(ts, site)
  if (needsPlace(ts, site)) {
    const [place, setter] = placeParts(make, site)
    return call(member(place, isOld ? 'stepAfter' : 'step'), ...dispatchedUnary(site), setter)
  }
  const resolution = plan.resolutionOf(site)
  const target = readable(ts, site.node.operand)
  const value =
    resolution.kind === 'method'
      ? call(member([target], resolution.method), [leaf(ts, ts.SyntaxKind.NumericLiteral, '1')])
      : helped('dispatchUnary', ...dispatchedUnary(site), [target])
  const written = assignment([target], value)
  return isOld ? helped('evaluatedFirst', [target], written) : written
}

/** The place of a target, and the function that assigns to it. */
function placeParts(make: TreeMaker, site: AssignSite | StepSite): readonly [place: Parts, setter: Parts] {
  const { plan, name, assignment, helped } = make
  const { ts } = plan
  const { SyntaxKind } = ts
  const target = targetOf(ts, site) as ts.PropertyAccessExpression | ts.ElementAccessExpression
  const isSuper = target.expression.kind === SyntaxKind.SuperKeyword
  const isElement = ts.isElementAccessExpression(target)
  const [object, key, value] = placeNames(plan, site)
  const from = isSuper ? [leaf(ts, SyntaxKind.SuperKeyword, 'super')] : name(object)
  const bare = isElement
    ? opened(ts, SyntaxKind.ElementAccessExpression, '', [...from, ...name(key)])
    : opened(ts, SyntaxKind.PropertyAccessExpression, '', [...from, target.name])
  const read = assertedParts(make, writtenTarget(site)!, target, bare)
  const nothing = name('undefined')
  const operands = [isSuper ? nothing : [target.expression], isElement ? [target.argumentExpression] : nothing] as const
  const statement = opened(ts, SyntaxKind.ExpressionStatement, '', assignment(read, name(value)))
  const block = opened(ts, SyntaxKind.Block, '', ['[', ...statement, ']'])
  return [
    helped('place', ...operands, arrowParts(make, [object, key], read)),
    arrowParts(make, [object, key, value], block),
  ]
}

/** A node that holds the target, with its assertions, which the value has too, and `bare` in the target's place. */
function assertedParts(make: TreeMaker, node: ts.Node, target: ts.Node, bare: Parts): Parts {
  const { ts } = make.plan
  if (node === target) return bare
  if (ts.isParenthesizedExpression(node)) return assertedParts(make, node.expression, target, bare)
  const { expression } = node as ts.AsExpression
  const children = childParts(ts, node).flatMap(child =>
    child === expression ? assertedParts(make, expression, target, bare) : [child],
  )
  return opened(ts, node.kind, '', children)
}

function arrowParts({ plan, name }: TreeMaker, names: readonly string[], body: Parts): Parts {
  const { ts } = plan
  const parameters = names.flatMap(each => opened(ts, ts.SyntaxKind.Parameter, '', name(each)))
  const sign = leaf(ts, ts.SyntaxKind.EqualsGreaterThanToken, '=>')
  return opened(ts, ts.SyntaxKind.ArrowFunction, '', ['[', ...parameters, ']', sign, ...body])
}
