/**
 * `if (a)`, `a || b`, `!a` and `filter(Boolean)` with a tracked number: it is an object, which is true whatever its value is.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { isGlobalAt } from '../imports.ts'
import { rule, withNum } from '../rule.ts'
import { elementsTested, isPresent, tracked } from '../tracked.ts'

/** Methods of arrays that take the results of a function for conditions. */
const ASKING = /^(?:filter|some|every|find|findIndex|findLast|findLastIndex)$/

export const noTrackedCondition = rule({
  description: 'Disallow tracked numbers as conditions',
  level: 'error',
  messages: {
    condition:
      'A tracked number is an object, which is true also where its value is 0 or NaN. Compare its value, or test `.num`.',
    num: 'Test the value, `.num`.',
  },
  create(context, services) {
    const report = (node: TSESTree.Node) => {
      const kind = isPresent(services, node) ? tracked(services, node) : 'never'
      if (kind === 'never') return
      const suggest = kind === 'always' ? [{ messageId: 'num' as const, fix: fixerOf(node) }] : []
      context.report({ node, messageId: 'condition', suggest })
    }
    /** A condition, but for the left side of `&&` and `||`, which is one wherever it stands. */
    const test = (node: TSESTree.Node): void => {
      if (node.type === 'LogicalExpression' && node.operator !== '??') test(node.right)
      else if (node.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(test)
      else report(node)
    }
    const fixerOf = (node: TSESTree.Node) => (fixer: Parameters<typeof withNum>[0]) => withNum(fixer, node)
    const ofTest = ({ test: condition }: { readonly test: TSESTree.Node | null }) => condition && test(condition)
    return {
      IfStatement: ofTest,
      WhileStatement: ofTest,
      DoWhileStatement: ofTest,
      ForStatement: ofTest,
      ConditionalExpression: ofTest,
      UnaryExpression(node) {
        if (node.operator === '!') test(node.argument)
      },
      LogicalExpression(node) {
        if (node.operator !== '??') test(node.left)
      },
      CallExpression({ callee, arguments: [first] }) {
        if (!first || first.type === 'SpreadElement') return
        if (isGlobalAt(context.sourceCode, callee, 'Boolean')) return test(first)
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
        if (!ASKING.test(callee.property.name)) return
        if (first.type === 'ArrowFunctionExpression' && first.body.type !== 'BlockStatement') return test(first.body)
        if (isGlobalAt(context.sourceCode, first, 'Boolean') && elementsTested(services, callee.object))
          context.report({ node: first, messageId: 'condition' })
      },
    }
  },
})
