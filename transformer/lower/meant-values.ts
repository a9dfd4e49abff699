/**
 * The meant trees of operators that only give a value: binary operators, chains, signs and functions of Math.
 * It must not know assignments.
 */
import type ts from 'typescript'
import { isDispatched } from '../meaning/order.ts'
import { withoutParentheses } from '../syntax/chains.ts'
import type { BinarySite } from '../syntax/rewrite.ts'
import type { Site } from '../syntax/syntax.ts'
import { isReflectedCall, methodNames } from './context.ts'
import { leaf, opened } from './skeleton.ts'
import type { Parts, TreeMaker } from './tree-parts.ts'

/** A node as text: `String(x)`, or a template where that name is hidden. */
export function textParts({ plan, name, call }: TreeMaker, node: ts.Node): Parts {
  const { ts } = plan
  const { SyntaxKind } = ts
  if (!plan.stringIsHidden(node)) return call(name('String'), [node])
  const [head, tail] = [leaf(ts, SyntaxKind.TemplateHead, '`${'), leaf(ts, SyntaxKind.TemplateTail, '}`')]
  const span = opened(ts, SyntaxKind.TemplateSpan, '', [node, tail])
  return opened(ts, SyntaxKind.TemplateExpression, '', [head, '[', ...span, ']'])
}

export function binaryParts(make: TreeMaker, site: BinarySite): Parts {
  const { plan, binary, call, member, helped, dispatched } = make
  const { left, operatorToken, right } = site.node
  const resolution = plan.resolutionOf(site)
  if (resolution.kind === 'text')
    return resolution.operand === 'left'
      ? binary(textParts(make, left), operatorToken, [right])
      : binary([left], operatorToken, textParts(make, right))
  if (resolution.kind === 'method') return call(member([left], resolution.method), [right])
  if (isReflectedCall(plan, site)) return call(member([right], methodNames(resolution)[1]), [left])
  return helped('dispatchBinary', ...dispatched(site, site.key), [left], [right])
}

/** A flat chain, from its last operator down to its first, and up again. */
export function chainParts(make: TreeMaker, last: BinarySite): Parts {
  const { plan, assignment, call, member, named, helped, dispatched } = make
  const below = ({ node }: BinarySite) => plan.siteAt(withoutParentheses(plan.ts, plan.file, node.left)) as BinarySite
  const value = member(named('chain'), 'value')
  const later: BinarySite[] = []
  let site = last
  for (; plan.linkOf(site)?.kind !== 'first'; later.push(site), site = below(site));
  const links = [binaryParts(make, site)]
  for (const each of later.reverse()) {
    const isNested = plan.linkOf(each)?.kind === 'nested'
    const left = isNested ? links.pop()! : value
    const resolution = plan.resolutionOf(each)
    links.push(
      resolution.kind === 'method'
        ? call(member(left, resolution.method), [each.node.right])
        : helped('dispatchBinary', ...dispatched(each, each.key), left, [each.node.right]),
    )
  }
  return helped('chain', ...links.map(link => assignment(value, link)))
}

export function mathParts(make: TreeMaker, site: Extract<Site, { form: 'math' }>): Parts {
  const { plan, call, member, helped, dispatched } = make
  const resolution = plan.resolutionOf(site)
  const [first, ...rest] = site.node.arguments.map((argument): Parts => [argument])
  if (resolution.kind === 'fold')
    return isDispatched(plan.ts, site, resolution)
      ? helped('foldMath', ...dispatched(site, site.name), first!, ...rest)
      : rest.reduce((folded, argument) => call(member(folded, resolution.method), argument), first!)
  if (resolution.kind === 'method') return call(member(first!, resolution.method), ...rest)
  if (isReflectedCall(plan, site)) return call(member(rest[0]!, methodNames(resolution)[1]), first!)
  return helped('dispatchMath', ...dispatched(site, site.name), first!, ...rest)
}

export function unaryParts(make: TreeMaker, site: Extract<Site, { form: 'unary' }>): Parts {
  const { plan, call, member, helped, dispatchedUnary } = make
  const resolution = plan.resolutionOf(site)
  const { operand } = site.node
  if (resolution.kind === 'method') return call(member([operand], resolution.method))
  return helped('dispatchUnary', ...dispatchedUnary(site), [operand])
}
