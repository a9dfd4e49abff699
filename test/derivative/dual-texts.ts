/**
 * Rewrites a text on numbers so that it runs on dual numbers: operators, conditions and what looks at a number become calls.
 * It must not know derivatives, nor tsgrad.
 */
import ts from 'typescript'

const binaryNames = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.PlusToken, 'add'],
  [ts.SyntaxKind.MinusToken, 'sub'],
  [ts.SyntaxKind.AsteriskToken, 'mul'],
  [ts.SyntaxKind.SlashToken, 'div'],
  [ts.SyntaxKind.PercentToken, 'mod'],
  [ts.SyntaxKind.AsteriskAsteriskToken, 'pow'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, 'same'],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, 'differ'],
  [ts.SyntaxKind.EqualsEqualsToken, 'like'],
  [ts.SyntaxKind.ExclamationEqualsToken, 'unlike'],
])
const compoundNames = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.PlusEqualsToken, 'add'],
  [ts.SyntaxKind.MinusEqualsToken, 'sub'],
  [ts.SyntaxKind.AsteriskEqualsToken, 'mul'],
  [ts.SyntaxKind.SlashEqualsToken, 'div'],
  [ts.SyntaxKind.PercentEqualsToken, 'mod'],
  [ts.SyntaxKind.AsteriskAsteriskEqualsToken, 'pow'],
])
/** Methods whose functions say yes or no. */
const ASKING = /^(filter|some|every|find|findIndex|findLast|findLastIndex)$/
/** Methods that compare elements with a value. */
const SEARCHING = /^(includes|indexOf|lastIndexOf)$/

/** A text of JavaScript, with `$` for the calls. */
export function dualText(source: string): string {
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS, removeComments: true }
  const file = ts.createSourceFile(
    'dual.js',
    ts.transpileModule(source, { compilerOptions: options }).outputText,
    ts.ScriptTarget.ES2023,
    true,
  )
  const { transformed } = ts.transform(file, [
    context => root => ts.visitNode(root, rewriteIn(context)) as ts.SourceFile,
  ])
  return ts.createPrinter().printFile(transformed[0]!)
}

function rewriteIn(context: ts.TransformationContext): ts.Visitor {
  const { factory } = context
  const call = (name: string, ...args: ts.Expression[]) =>
    factory.createCallExpression(factory.createPropertyAccessExpression(factory.createIdentifier('$'), name), [], args)
  const later = (body: ts.Expression, ...names: string[]) =>
    factory.createArrowFunction(
      undefined,
      [],
      names.map(name => factory.createParameterDeclaration(undefined, undefined, name)),
      undefined,
      undefined,
      factory.createParenthesizedExpression(body),
    )
  const visit = <N extends ts.Node | undefined>(node: N): N => ts.visitNode(node, rewrite) as N
  const name = (text: string) => factory.createIdentifier(text)

  /** The object and the key of a place. */
  const placeOf = (node: ts.ElementAccessExpression | ts.PropertyAccessExpression): ts.Expression[] => [
    visit(node.expression),
    ts.isElementAccessExpression(node)
      ? visit(node.argumentExpression)
      : factory.createStringLiteral((node.name as ts.Identifier).text),
  ]
  const isPlace = (node: ts.Node): node is ts.ElementAccessExpression | ts.PropertyAccessExpression =>
    ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)
  const inside = (node: ts.Expression): ts.Expression =>
    ts.isParenthesizedExpression(node) ? inside(node.expression) : node

  const binary = (node: ts.BinaryExpression): ts.Node => {
    const { left, right, operatorToken } = node
    const { kind } = operatorToken
    const operator = binaryNames.get(kind)
    if (operator) return call(operator, visit(left), visit(right))
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return call('and', visit(left), later(visit(right)))
    if (kind === ts.SyntaxKind.BarBarToken) return call('or', visit(left), later(visit(right)))
    const target = inside(left)
    const compound = compoundNames.get(kind)
    if (compound) {
      if (isPlace(target))
        return call('update', ...placeOf(target), later(call(compound, name('$old'), visit(right)), '$old'))
      return factory.createAssignment(target, call(compound, target, visit(right)))
    }
    const logical =
      kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken
        ? 'and'
        : kind === ts.SyntaxKind.BarBarEqualsToken
          ? 'or'
          : undefined
    if (!logical) return ts.visitEachChild(node, rewrite, context)
    if (isPlace(target))
      return call('logical', factory.createStringLiteral(logical), ...placeOf(target), later(visit(right)))
    return call(logical, target, later(factory.createAssignment(target, visit(right))))
  }

  const stepped = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, sign: string): ts.Node => {
    const target = inside(node.operand)
    const one = factory.createNumericLiteral(1)
    const isPostfix = ts.isPostfixUnaryExpression(node)
    if (isPlace(target))
      return call(isPostfix ? 'stepBehind' : 'update', ...placeOf(target), later(call(sign, name('$old'), one), '$old'))
    const assigned = factory.createAssignment(target, call(sign, target, one))
    return isPostfix ? call('first', target, assigned) : assigned
  }

  const unary = (node: ts.PrefixUnaryExpression): ts.Node => {
    if (node.operator === ts.SyntaxKind.ExclamationToken) return call('not', visit(node.operand))
    if (node.operator === ts.SyntaxKind.MinusToken) return call('neg', visit(node.operand))
    if (node.operator === ts.SyntaxKind.PlusToken) return call('plus', visit(node.operand))
    return ts.visitEachChild(node, rewrite, context)
  }

  const called = (node: ts.CallExpression): ts.Node => {
    const { expression, arguments: args } = node
    if (!ts.isPropertyAccessExpression(expression) || ts.isOptionalChain(node))
      return ts.visitEachChild(node, rewrite, context)
    const method = expression.name.text
    const helper = ASKING.test(method) ? 'asking' : SEARCHING.test(method) ? 'searching' : undefined
    if (!helper) return ts.visitEachChild(node, rewrite, context)
    return call(
      helper,
      visit(expression.expression),
      factory.createStringLiteral(method),
      ...args.map(each => visit(each)),
    )
  }

  const rewrite: ts.Visitor = node => {
    if (ts.isBinaryExpression(node)) return binary(node)
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.PlusPlusToken) return stepped(node, 'add')
      if (node.operator === ts.SyntaxKind.MinusMinusToken) return stepped(node, 'sub')
      if (ts.isPrefixUnaryExpression(node)) return unary(node)
    }
    if (ts.isTypeOfExpression(node)) return call('typeOf', visit(node.expression))
    if (ts.isCallExpression(node)) return called(node)
    if (ts.isNewExpression(node) && node.expression.getText() === 'Array' && node.arguments?.length === 1)
      return factory.createNewExpression(node.expression, undefined, [call('val', visit(node.arguments[0]!))])
    const so = ts.visitEachChild(node, rewrite, context)
    const test = (each: ts.Expression) => call('truth', each)
    if (ts.isConditionalExpression(so))
      return factory.createConditionalExpression(test(so.condition), undefined, so.whenTrue, undefined, so.whenFalse)
    if (ts.isIfStatement(so)) return factory.createIfStatement(test(so.expression), so.thenStatement, so.elseStatement)
    if (ts.isWhileStatement(so)) return factory.createWhileStatement(test(so.expression), so.statement)
    if (ts.isDoStatement(so)) return factory.createDoStatement(so.statement, test(so.expression))
    if (ts.isForStatement(so) && so.condition)
      return factory.createForStatement(so.initializer, test(so.condition), so.incrementor, so.statement)
    if (ts.isSwitchStatement(so)) return factory.createSwitchStatement(call('val', so.expression), so.caseBlock)
    if (ts.isCaseClause(so)) return factory.createCaseClause(call('val', so.expression), so.statements)
    return so
  }
  return rewrite
}
