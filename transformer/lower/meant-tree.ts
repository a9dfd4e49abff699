/**
 * The tree that a lowered text must have: that of the original, with the call that each operator means in its place. It is made of
 * nodes and names alone. It must not know what the writer wrote.
 */
import type ts from 'typescript'
import type { Site } from '../syntax/syntax.ts'
import { assignParts, stepParts } from './meant-assignments.ts'
import { binaryParts, chainParts, mathParts, unaryParts } from './meant-values.ts'
import type { Plan } from './plan.ts'
import { childParts, opened } from './skeleton.ts'
import { type Parts, type TreeMaker, treeMaker } from './tree-parts.ts'

/** The parts that a plan puts in a node's place; undefined for a node that stays. */
export function meantParts(plan: Plan): (node: ts.Node) => Parts | undefined {
  const { ts } = plan
  const make = treeMaker(plan)
  return node => {
    const site = plan.siteAt(node)
    if (site) return siteParts(make, site)
    // `Math?.exp(a).num` is `a.exp().num`
    const isCut = ts.isOptionalChain(node) && !isChained(plan, node)
    return isCut ? opened(ts, node.kind, '', childParts(ts, node)) : undefined
  }
}

function siteParts(make: TreeMaker, site: Site): Parts {
  switch (site.form) {
    case 'binary':
      return make.plan.linkOf(site) ? chainParts(make, site) : binaryParts(make, site)
    case 'math':
      return mathParts(make, site)
    case 'unary':
      return unaryParts(make, site)
    case 'assign':
      return assignParts(make, site)
    case 'step':
      return stepParts(make, site)
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
