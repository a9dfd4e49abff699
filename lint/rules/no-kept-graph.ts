/**
 * `total += loss` in a training loop, where the total is only printed: each loss keeps its whole graph alive.
 * It reports only where it sees every use of the total, and none needs a gradient.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesIn } from '../nodes.ts'
import type { LintServices } from '../parser.ts'
import { type Context, rule, withNum } from '../rule.ts'
import { tracked } from '../tracked.ts'

export const noKeptGraph = rule({
  description: 'Disallow summing tracked losses over the steps of a loop where only the value is used',
  level: 'warn',
  messages: {
    graph: '`{{name}}` keeps the graph of every step alive, but only its value is used. Add the value, `.num`.',
    num: 'Add the value, `.num`.',
  },
  create: (context, services) => ({
    AssignmentExpression(node) {
      const { left: target } = node
      const term = termOf(node)
      if (target.type !== 'Identifier' || !term || tracked(services, term) === 'never') return
      const loop = loopAround(node)
      const variable = loop && localDeclaredOutside(context, target, loop)
      if (!variable || !hasStep(context, services, loop)) return
      const reads = variable.references.filter(each => each.isRead()).map(each => each.identifier as TSESTree.Node)
      if (!reads.every(read => read === target || isShown(context, read))) return
      const fix = (fixer: TSESLint.RuleFixer) => [...withNum(fixer, term), ...asPlain(fixer, services, variable)]
      const suggest = tracked(services, term) === 'always' ? [{ messageId: 'num' as const, fix }] : []
      context.report({ node, messageId: 'graph', data: { name: target.name }, suggest })
    },
  }),
})

type Assignment = TSESTree.AssignmentExpression

/** The term of `total += term` or `total = total + term`. */
function termOf({ operator, left, right }: Assignment): TSESTree.Expression | undefined {
  if (operator === '+=') return right
  if (operator !== '=' || right.type !== 'BinaryExpression' || right.operator !== '+') return undefined
  const isSame = left.type === 'Identifier' && right.left.type === 'Identifier' && left.name === right.left.name
  return isSame ? right.right : undefined
}

/** The innermost loop around a node, in the same function. */
function loopAround(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = node.parent; at && !/Function/.test(at.type); at = at.parent)
    if (/^(?:For|While|DoWhile)\w*Statement$/.test(at.type)) return at
  return undefined
}

/** A variable that is declared by `let`, outside of the loop, and that no other module can see. */
function localDeclaredOutside(
  { sourceCode }: Context<string>,
  target: TSESTree.Identifier,
  loop: TSESTree.Node,
): TSESLint.Scope.Variable | undefined {
  const scope = sourceCode.getScope(target)
  const variable = scope.references.find(({ identifier }) => identifier === target)?.resolved
  const [definition, other] = variable?.defs ?? []
  if (!variable || !definition || other || definition.parent?.type !== 'VariableDeclaration') return undefined
  const isExported = definition.parent.parent.type === 'ExportNamedDeclaration'
  const [start, end] = definition.node.range
  const isInside = start >= loop.range[0] && end <= loop.range[1]
  return isExported || isInside || isNamedInExport(variable) ? undefined : variable
}

const isNamedInExport = ({ references }: TSESLint.Scope.Variable) =>
  references.some(({ identifier }) => identifier.parent.type === 'ExportSpecifier')

/** Whether a loop trains: it computes or reads a gradient. */
function hasStep({ sourceCode }: Context<string>, services: LintServices, loop: TSESTree.Node): boolean {
  return nodesIn(sourceCode.visitorKeys, loop).some(
    node =>
      node.type === 'MemberExpression' &&
      !node.computed &&
      (node.property as TSESTree.Identifier).name === 'backward' &&
      tracked(services, node.object) !== 'never',
  )
}

/** Whether only the value of a variable is used at a read: it is printed, or its `.num` is taken, perhaps after arithmetic. */
function isShown(context: Context<string>, read: TSESTree.Node): boolean {
  for (let node = read; node.parent; node = node.parent) {
    const { parent } = node
    switch (parent.type) {
      case 'MemberExpression':
        return parent.object === node && !parent.computed && (parent.property as TSESTree.Identifier).name === 'num'
      case 'TemplateLiteral':
        return true
      case 'CallExpression':
        return parent.callee !== node && isPrinter(context, parent.callee)
      case 'AssignmentExpression':
        // `total = total + loss`
        return parent.left.type === 'Identifier' && read.type === 'Identifier' && parent.left.name === read.name
      case 'BinaryExpression':
        if (!/^[-+*/]$/.test(parent.operator)) return false
        break
      default:
        return false
    }
  }
  return false
}

function isPrinter({ sourceCode }: Context<string>, callee: TSESTree.Node): boolean {
  return /^(?:console\.(?:log|info|debug|warn|error)|String)$/.test(sourceCode.getText(callee))
}

/** Makes the total itself a plain number, where it starts as `new NumberWithGrad(0)`. */
function asPlain(
  fixer: TSESLint.RuleFixer,
  services: LintServices,
  { defs, references }: TSESLint.Scope.Variable,
): TSESLint.RuleFix[] {
  const declarator = defs[0]?.node as TSESTree.VariableDeclarator
  const { init, id } = declarator
  if (init?.type !== 'NewExpression' || init.arguments.length !== 1 || id.typeAnnotation) return []
  if (tracked(services, init) !== 'always') return []
  const [start, end] = init.arguments[0]!.range
  const values = references.flatMap(({ identifier: { parent } }) =>
    parent.type === 'MemberExpression' ? [fixer.removeRange([parent.object.range[1], parent.range[1]])] : [],
  )
  return [fixer.removeRange([init.range[0], start]), fixer.removeRange([end, init.range[1]]), ...values]
}
