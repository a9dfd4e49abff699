/**
 * The tree that a lowered text must have: that of the original, with the call that each operator means in its place. It is made of
 * nodes and names alone. It must not know what the writer wrote.
 */
import type ts from 'typescript'
import { isDispatched } from '../meaning/order.ts'
import { withoutParentheses } from '../syntax/chains.ts'
import type { BinarySite } from '../syntax/rewrite.ts'
import { needsOldValue, needsPlace, type Site, targetOf, writtenTarget } from '../syntax/syntax.ts'
import type { AssignSite, StepSite } from './assignments.ts'
import { type Helper, isReflectedCall, methodNames, placeNames, quoted, readable } from './context.ts'
import type { Plan } from './plan.ts'
import { childParts, leaf, opened, type TreePart } from './skeleton.ts'

type Parts = readonly TreePart[]

/** The parts that a plan puts in a node's place; undefined for a node that stays. */
export function meantParts(plan: Plan): (node: ts.Node) => Parts | undefined {
  const { ts, file } = plan
  const { SyntaxKind } = ts
  const { FirstAssignment: EqualsToken } = SyntaxKind
  const name = (text: string): Parts => [leaf(ts, SyntaxKind.Identifier, text)]
  const text = (value: string): Parts => [leaf(ts, SyntaxKind.StringLiteral, quoted(value))]
  const call = (callee: Parts, ...args: readonly Parts[]): Parts =>
    opened(ts, SyntaxKind.CallExpression, '', [...callee, '[', ...args.flat(), ']'])
  const member = (object: Parts, method: string): Parts =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(method)
      ? opened(ts, SyntaxKind.PropertyAccessExpression, '', [...object, ...name(method)])
      : opened(ts, SyntaxKind.ElementAccessExpression, '', [...object, ...text(method)])
  const binary = (left: Parts, operator: TreePart, right: Parts): Parts =>
    opened(ts, SyntaxKind.BinaryExpression, '', [...left, operator, ...right])
  const assignment = (target: Parts, value: Parts): Parts => binary(target, leaf(ts, EqualsToken, '='), value)
  const named = (helper: Helper): Parts => {
    const [first, second] = plan.name(helper).split('.') as [string, string?]
    return second === undefined ? name(first) : member(name(first), second)
  }
  const helper = (each: Helper, ...args: readonly Parts[]): Parts => call(named(each), ...args)
  const dispatched = (site: Site, key: string): readonly Parts[] =>
    [key, ...methodNames(plan.resolutionOf(site))].map(text)
  const dispatchedUnary = (site: Site): readonly Parts[] => dispatched(site, site.key).slice(0, 2)

  // ---- operators that give a value

  const asText = (node: ts.Node): Parts => {
    if (!plan.stringIsHidden(node)) return call(name('String'), [node])
    const [head, tail] = [leaf(ts, SyntaxKind.TemplateHead, '`${'), leaf(ts, SyntaxKind.TemplateTail, '}`')]
    const span = opened(ts, SyntaxKind.TemplateSpan, '', [node, tail])
    return opened(ts, SyntaxKind.TemplateExpression, '', [head, '[', ...span, ']'])
  }

  const binaryParts = (site: BinarySite): Parts => {
    const { left, operatorToken, right } = site.node
    const resolution = plan.resolutionOf(site)
    if (resolution.kind === 'text')
      return resolution.operand === 'left'
        ? binary(asText(left), operatorToken, [right])
        : binary([left], operatorToken, asText(right))
    if (resolution.kind === 'method') return call(member([left], resolution.method), [right])
    if (isReflectedCall(plan, site)) return call(member([right], methodNames(resolution)[1]), [left])
    return helper('dispatchBinary', ...dispatched(site, site.key), [left], [right])
  }

  /** A flat chain, from its last operator down to its first, and up again. */
  const chainParts = (last: BinarySite): Parts => {
    const value = member(named('chain'), 'value')
    const later: BinarySite[] = []
    let site = last
    for (; plan.linkOf(site)?.kind !== 'first'; later.push(site), site = plan.siteAt(below(site)) as BinarySite);
    const links = [binaryParts(site)]
    for (const each of later.reverse()) {
      const isNested = plan.linkOf(each)?.kind === 'nested'
      const left = isNested ? links.pop()! : value
      const resolution = plan.resolutionOf(each)
      links.push(
        resolution.kind === 'method'
          ? call(member(left, resolution.method), [each.node.right])
          : helper('dispatchBinary', ...dispatched(each, each.key), left, [each.node.right]),
      )
    }
    return helper('chain', ...links.map(link => assignment(value, link)))
  }
  const below = ({ node }: BinarySite) => withoutParentheses(ts, file, node.left)

  const mathParts = (site: Extract<Site, { form: 'math' }>): Parts => {
    const resolution = plan.resolutionOf(site)
    const [first, ...rest] = site.node.arguments.map((argument): Parts => [argument])
    if (resolution.kind === 'fold')
      return isDispatched(ts, site, resolution)
        ? helper('foldMath', ...dispatched(site, site.name), first!, ...rest)
        : rest.reduce((folded, argument) => call(member(folded, resolution.method), argument), first!)
    if (resolution.kind === 'method') return call(member(first!, resolution.method), ...rest)
    if (isReflectedCall(plan, site)) return call(member(rest[0]!, methodNames(resolution)[1]), first!)
    return helper('dispatchMath', ...dispatched(site, site.name), first!, ...rest)
  }

  const unaryParts = (site: Extract<Site, { form: 'unary' }>): Parts => {
    const resolution = plan.resolutionOf(site)
    const { operand } = site.node
    if (resolution.kind === 'method') return call(member([operand], resolution.method))
    return helper('dispatchUnary', ...dispatchedUnary(site), [operand])
  }

  // ---- assignments and steps

  const assignParts = (site: AssignSite): Parts => {
    const { left, operatorToken, right } = site.node
    const resolution = plan.resolutionOf(site)
    const target = readable(ts, left)
    if (resolution.kind === 'text')
      return resolution.operand === 'left'
        ? assignment([left], binary(asText(target), leaf(ts, SyntaxKind.PlusToken, '+'), [right]))
        : binary([left], operatorToken, asText(right))
    if (needsPlace(ts, site)) {
      const [place, setter] = placeParts(site)
      return call(member(place, 'assign'), ...dispatched(site, site.key), [right], setter)
    }
    const value =
      resolution.kind === 'method'
        ? call(member([target], resolution.method), [right])
        : helper('dispatchBinary', ...dispatched(site, site.key), [target], [right])
    return assignment([left], value)
  }

  const stepParts = (site: StepSite): Parts => {
    const isOld = needsOldValue(ts, site)
    if (needsPlace(ts, site)) {
      const [place, setter] = placeParts(site)
      return call(member(place, isOld ? 'stepAfter' : 'step'), ...dispatchedUnary(site), setter)
    }
    const resolution = plan.resolutionOf(site)
    const target = readable(ts, site.node.operand)
    const value =
      resolution.kind === 'method'
        ? call(member([target], resolution.method), [leaf(ts, SyntaxKind.NumericLiteral, '1')])
        : helper('dispatchUnary', ...dispatchedUnary(site), [target])
    const written = assignment([target], value)
    return isOld ? helper('evaluatedFirst', [target], written) : written
  }

  const arrow = (names: readonly string[], body: Parts): Parts => {
    const parameters = names.flatMap(each => opened(ts, SyntaxKind.Parameter, '', name(each)))
    const sign = leaf(ts, SyntaxKind.EqualsGreaterThanToken, '=>')
    return opened(ts, SyntaxKind.ArrowFunction, '', ['[', ...parameters, ']', sign, ...body])
  }

  /** The place of a target, and the function that assigns to it. */
  const placeParts = (site: AssignSite | StepSite): readonly [place: Parts, setter: Parts] => {
    const target = targetOf(ts, site) as ts.PropertyAccessExpression | ts.ElementAccessExpression
    const isSuper = target.expression.kind === SyntaxKind.SuperKeyword
    const isElement = ts.isElementAccessExpression(target)
    const [object, key, value] = placeNames(plan, site)
    const from = isSuper ? [leaf(ts, SyntaxKind.SuperKeyword, 'super')] : name(object)
    const bare = isElement
      ? opened(ts, SyntaxKind.ElementAccessExpression, '', [...from, ...name(key)])
      : opened(ts, SyntaxKind.PropertyAccessExpression, '', [...from, target.name])
    /** The target with its assertions, which the value has too. */
    const asserted = (node: ts.Node): Parts => {
      if (node === target) return bare
      if (ts.isParenthesizedExpression(node)) return asserted(node.expression)
      const { expression } = node as ts.AsExpression
      const children = childParts(ts, node).flatMap(child => (child === expression ? asserted(expression) : [child]))
      return opened(ts, node.kind, '', children)
    }
    const read = asserted(writtenTarget(site)!)
    const nothing = name('undefined')
    const operands = [
      isSuper ? nothing : [target.expression],
      isElement ? [target.argumentExpression] : nothing,
    ] as const
    const statement = opened(ts, SyntaxKind.ExpressionStatement, '', assignment(read, name(value)))
    const block = opened(ts, SyntaxKind.Block, '', ['[', ...statement, ']'])
    return [helper('place', ...operands, arrow([object, key], read)), arrow([object, key, value], block)]
  }

  // ---- all of them

  const siteParts = (site: Site): Parts => {
    switch (site.form) {
      case 'binary':
        return plan.linkOf(site) ? chainParts(site) : binaryParts(site)
      case 'math':
        return mathParts(site)
      case 'unary':
        return unaryParts(site)
      case 'assign':
        return assignParts(site)
      case 'step':
        return stepParts(site)
    }
  }
  return node => {
    const site = plan.siteAt(node)
    if (site) return siteParts(site)
    // `Math?.exp(a).num` is `a.exp().num`
    const isCut = ts.isOptionalChain(node) && !isChained(plan, node)
    return isCut ? opened(ts, node.kind, '', childParts(ts, node)) : undefined
  }
}

/** Whether a chain still holds a `?.` below a node when its operators are calls. */
function isChained({ ts, siteAt }: Plan, node: ts.Node): boolean {
  let at = node
  while (ts.isOptionalChain(at) && !siteAt(at)) {
    if ('questionDotToken' in at && at.questionDotToken) return true
    at = at.expression
  }
  return false
}
