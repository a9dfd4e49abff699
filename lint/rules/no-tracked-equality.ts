/**
 * `a === b` and `switch (a)` with tracked numbers: objects are compared, not values.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { rule, withNum } from '../rule.ts'
import { partsOf, tracked } from '../tracked.ts'

export const noTrackedEquality = rule({
  description: 'Disallow comparing tracked numbers as objects',
  level: 'error',
  messages: {
    equality:
      '`{{operator}}` compares tracked numbers as objects. Compare the values, `.num`, or use `Object.is` to compare objects.',
    switch: '`switch` compares a tracked number as an object. Switch on the value, `.num`.',
    num: 'Compare the values, `.num`.',
  },
  create(context, services) {
    const isTracked = (node: TSESTree.Node) => tracked(services, node) !== 'never'
    const isNumber = (node: TSESTree.Node) => partsOf(services, node).some(({ kind }) => kind === 'number')
    /** The comparison by value: only where each tracked side is surely a tracked number. */
    const suggestions = (nodes: readonly TSESTree.Node[]) => {
      const sides = nodes.filter(isTracked)
      if (sides.some(side => tracked(services, side) !== 'always')) return []
      const fix = (fixer: TSESLint.RuleFixer) => sides.flatMap(side => withNum(fixer, side))
      return [{ messageId: 'num' as const, fix }]
    }
    return {
      BinaryExpression(node) {
        if (!/^[=!]==?$/.test(node.operator)) return
        const sides = [node.left, node.right]
        if (!sides.some(isTracked) || !sides.every(side => isTracked(side) || isNumber(side))) return
        context.report({
          node,
          messageId: 'equality',
          data: { operator: node.operator },
          suggest: suggestions(sides),
        })
      },
      SwitchStatement({ discriminant, cases }) {
        const tests = cases.flatMap(({ test }) => test ?? [])
        if (!isTracked(discriminant) || !tests.some(test => isTracked(test) || isNumber(test))) return
        context.report({ node: discriminant, messageId: 'switch', suggest: suggestions([discriminant, ...tests]) })
      },
    }
  },
})
