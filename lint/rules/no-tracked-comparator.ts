/**
 * `xs.sort((p, q) => p - q)` where the comparator returns a tracked number, and `xs.sort()` on tracked numbers, which compares texts.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { LintServices } from '../parser.ts'
import { rule, withNum } from '../rule.ts'
import { tracked, trackedType, typeOf } from '../tracked.ts'

export const noTrackedComparator = rule({
  description: 'Require comparators to return plain numbers',
  level: 'error',
  fixes: true,
  messages: {
    comparator:
      'A comparator must return a plain number, but this one returns a tracked number. Compare the values, `.num`.',
    text: '`{{method}}` without a comparator compares tracked numbers as strings. Compare the values, `.num`.',
    num: 'Compare the values, `.num`.',
  },
  create: (context, services) => ({
    CallExpression(node) {
      const { callee } = node
      if (callee.type !== 'MemberExpression' || callee.computed) return
      const method = (callee.property as TSESTree.Identifier).name
      if (method !== 'sort' && method !== 'toSorted') return
      const element = elementOf(services, callee.object)
      if (!element) return
      const [comparator] = node.arguments
      if (!comparator) {
        const kind = trackedType(services, element)
        if (kind === 'never') return
        const fix = (fixer: TSESLint.RuleFixer) =>
          fixer.insertTextBefore(context.sourceCode.getLastToken(node)!, '(p, q) => p.num - q.num')
        const suggest = kind === 'always' ? [{ messageId: 'num' as const, fix }] : []
        context.report({ node: callee.property, messageId: 'text', data: { method }, suggest })
        return
      }
      if (!givesTracked(services, comparator)) return
      context.report({ node: comparator, messageId: 'comparator', fix: fixer => valuesIn(fixer, services, comparator) })
    },
  }),
})

/** The type of an array's elements; undefined for what is no array. */
function elementOf(services: LintServices, object: TSESTree.Node) {
  const checker = services.program.getTypeChecker()
  const type = typeOf(services, object)
  return checker.isArrayType(type) || checker.isTupleType(type) ? type.getNumberIndexType() : undefined
}

function givesTracked(services: LintServices, comparator: TSESTree.Node): boolean {
  const signatures = typeOf(services, comparator).getCallSignatures()
  return signatures.some(each => trackedType(services, each.getReturnType()) !== 'never')
}

/** `.num` behind both operands of a difference, or else behind the whole, in an arrow function without a block. */
function valuesIn(fixer: TSESLint.RuleFixer, services: LintServices, comparator: TSESTree.Node) {
  if (comparator.type !== 'ArrowFunctionExpression' || comparator.body.type === 'BlockStatement') return null
  const { body } = comparator
  const isSure = (node: TSESTree.Node) => tracked(services, node) === 'always'
  if (!isSure(body)) return null
  const isDifference = body.type === 'BinaryExpression' && body.operator === '-'
  return isDifference && isSure(body.left) && isSure(body.right)
    ? [body.left, body.right].flatMap(side => withNum(fixer, side))
    : withNum(fixer, body)
}
