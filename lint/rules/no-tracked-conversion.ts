/**
 * `Number(a)` with a tracked number, which throws.
 */
import { isGlobalAt } from '../imports.ts'
import { rule, withNum } from '../rule.ts'
import { elementsTested, tracked } from '../tracked.ts'

export const noTrackedConversion = rule({
  description: 'Disallow converting tracked numbers by `Number`',
  level: 'error',
  messages: {
    conversion: '`Number` throws for a tracked number, since the gradient would be lost. Use its value, `.num`.',
    num: 'Use the value, `.num`.',
  },
  create(context, services) {
    return {
      CallExpression(node) {
        const { callee, arguments: args } = node
        const [first] = args
        if (!first || first.type === 'SpreadElement') return
        if (isGlobalAt(context.sourceCode, callee, 'Number')) {
          const kind = tracked(services, first)
          if (kind === 'never') return
          const suggest =
            kind === 'always'
              ? [
                  {
                    messageId: 'num' as const,
                    fix: (fixer: Parameters<typeof withNum>[0]) => [
                      fixer.removeRange([node.range[0], first.range[0]]),
                      ...withNum(fixer, first),
                      fixer.removeRange([first.range[1], node.range[1]]),
                    ],
                  },
                ]
              : []
          context.report({ node, messageId: 'conversion', suggest })
        } else if (
          callee.type === 'MemberExpression' &&
          isGlobalAt(context.sourceCode, first, 'Number') &&
          elementsTested(services, callee.object)
        )
          context.report({ node: first, messageId: 'conversion' })
      },
    }
  },
})
