/**
 * Formulas on tracked numbers that overflow or lose digits: `Math.log(1 + Math.exp(x))` is `softplus(x)`.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import ts from 'typescript'
import { exportedName, importOf, isMathAt } from '../imports.ts'
import type { LintServices } from '../parser.ts'
import { type Context, rule } from '../rule.ts'
import { type CallOf, type Stable, stableForm } from '../stable-forms.ts'
import { tracked, typeOf } from '../tracked.ts'

export const preferStableMath = rule({
  description: 'Prefer functions that neither overflow nor lose digits on tracked numbers',
  level: 'warn',
  fixes: true,
  messages: {
    stable: 'This expression {{why}}. `{{name}}` computes the same without this loss.',
    use: 'Use `{{name}}`.',
  },
  create(context, services) {
    const { sourceCode } = context
    const text = (node: TSESTree.Node) => sourceCode.getText(node)
    const call = calls(sourceCode)
    const look = (node: TSESTree.Expression) => {
      const found = stableForm(node, call, text)
      if (!found?.operands.some(operand => isTracked(services, operand))) return
      const { name, why } = found
      const data = { why, name: found.home === 'Math' ? `Math.${name}` : name }
      const fix = mayBeReplaced(services, context, node, found) ? replacement(context, node, found) : undefined
      if (!fix) context.report({ node, messageId: 'stable', data })
      else if (found.isSame) context.report({ node, messageId: 'stable', data, fix })
      else context.report({ node, messageId: 'stable', data, suggest: [{ messageId: 'use', data, fix }] })
    }
    return { CallExpression: look, BinaryExpression: look }
  },
})

/** Tracked numbers, or an array of them. */
function isTracked(services: LintServices, node: TSESTree.Node): boolean {
  return tracked(services, node) !== 'never'
}

function calls(sourceCode: Readonly<TSESLint.SourceCode>): CallOf {
  return (node, name) => {
    if (node.type !== 'CallExpression' || node.optional) return undefined
    const { callee, arguments: given } = node
    const isNamed =
      callee.type === 'Identifier'
        ? exportedName(sourceCode, callee) === name
        : callee.type === 'MemberExpression' &&
          !callee.computed &&
          callee.object.type === 'Identifier' &&
          callee.object.name === 'Math' &&
          (callee.property as TSESTree.Identifier).name === name &&
          isMathAt(sourceCode, callee)
    const isPlain = given.length === 1 && given[0]!.type !== 'SpreadElement'
    return isNamed && isPlain ? (given as TSESTree.Expression[]) : undefined
  }
}

/** Whether the replacement loses neither a comment nor the formula's type. */
function mayBeReplaced(services: LintServices, { sourceCode }: Context<string>, node: TSESTree.Node, found: Stable) {
  if (sourceCode.getCommentsInside(node).length > 0) return false
  const isOpen = (operand: TSESTree.Node) =>
    (services.getTypeAtLocation(operand).flags & ts.TypeFlags.TypeParameter) !== 0
  if (found.operands.some(isOpen)) return false
  // an array of type Numeric[] may hold plain numbers only
  const isMixed = found.name === 'logSumExp' && found.isSame
  return !isMixed || found.operands.every(operand => typeOf(services, operand) === typeOf(services, found.operands[0]!))
}

function replacement({ sourceCode }: Context<string>, node: TSESTree.Node, { home, name, operands, write }: Stable) {
  const texts = operands.map(operand =>
    operand.type === 'SequenceExpression' ? `(${sourceCode.getText(operand)})` : sourceCode.getText(operand),
  )
  if (home === 'Math')
    return isMathAt(sourceCode, node)
      ? (fixer: TSESLint.RuleFixer) => fixer.replaceText(node, `Math.${name}(${write(texts)})`)
      : undefined
  const imported = importOf(sourceCode, node, name)
  return (
    imported &&
    ((fixer: TSESLint.RuleFixer) => [
      ...imported.fix(fixer),
      fixer.replaceText(node, `${imported.name}(${write(texts)})`),
    ])
  )
}
