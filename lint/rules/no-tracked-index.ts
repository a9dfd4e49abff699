/**
 * `xs[a]` with a tracked number in the brackets: JavaScript looks up the property named by the number's text.
 */
import { rule, withNum } from '../rule.ts'
import { tracked } from '../tracked.ts'

export const noTrackedIndex = rule({
  description: 'Disallow tracked numbers as an index',
  level: 'error',
  messages: {
    index: 'A tracked number is not an index: JavaScript converts it to a string. Use its value, `.num`.',
    num: 'Use the value, `.num`.',
  },
  create: (context, services) => ({
    MemberExpression(node) {
      if (!node.computed) return
      const kind = tracked(services, node.property)
      if (kind === 'never') return
      context.report({
        node: node.property,
        messageId: 'index',
        suggest: kind === 'always' ? [{ messageId: 'num', fix: fixer => withNum(fixer, node.property) }] : [],
      })
    },
  }),
})
