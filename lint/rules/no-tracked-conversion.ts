/**
 * `Number(a)` with a tracked number, which throws, and `xs.some(Number.isNaN)`, which asks objects and is always false.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { isGlobalAt } from '../imports.ts'
import { rule, withNum } from '../rule.ts'
import { elementsTested, testOfNumbers, tracked } from '../tracked.ts'

/** Whether a call says `Number.isNaN(…)` as the compiler looks for it. */
const isNamed = (sourceCode: Parameters<typeof isGlobalAt>[0], callee: TSESTree.Node): boolean =>
  callee.type === 'MemberExpression' && isGlobalAt(sourceCode, callee.object, 'Number')

export const noTrackedConversion = rule({
  description: 'Disallow converting tracked numbers by `Number`',
  level: 'error',
  messages: {
    conversion: '`Number` throws for a tracked number, since the gradient would be lost. Use its value, `.num`.',
    test: '`{{name}}` is false for each object, and compiles to a method call only where it is called as `{{name}}(…)`. Call it so: `x => {{name}}(x)`.',
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
        const asked = callee.type === 'MemberExpression' && elementsTested(services, callee.object) ? first : callee
        const isAsked =
          asked === first || (!isNamed(context.sourceCode, callee) && tracked(services, first) !== 'never')
        const name = isAsked ? testOfNumbers(services, asked) : undefined
        if (name) context.report({ node: asked, messageId: 'test', data: { name } })
      },
    }
  },
})
