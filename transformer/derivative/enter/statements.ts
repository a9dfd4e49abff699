/**
 * Statements: blocks, choices and what leaves them. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import type { Atom, Variable } from '../structured.ts'
import { DerivativeFault, type Enter, type Escape, isAbsent, isFunction, kindIn, refused } from './context.ts'
import { both, escapesBut, guarded, jump, nowhere } from './jumps.ts'
import { kindOfType } from './types.ts'

export function statementsOf(enter: Enter): Pick<Enter, 'statements' | 'statement'> {
  const { ts, checker } = enter
  const { SyntaxKind: Kind } = ts

  const statements = (nodes: readonly ts.Statement[]): Escape => {
    let so: Escape = nowhere
    for (const [i, node] of nodes.entries()) {
      const rest = nodes.slice(i + 1)
      if (ts.isIfStatement(node) && rest.length > 0) return enter.from(node, () => choice(node, rest))
      so = statement(node)
      if (so.by.size > 0 || so.always) return guarded(enter, so, () => statements(rest))
    }
    return so
  }

  /** Where the first side always jumps, the rest of the block belongs to the other one. */
  const choice = (node: ts.IfStatement, rest: readonly ts.Statement[]): Escape => {
    const test = enter.test(node.expression)
    // of a literal that a call passed
    if (test === 'true' || test === 'false') {
      const taken = test === 'true' ? node.thenStatement : node.elseStatement
      return guarded(enter, taken ? statement(taken) : nowhere, () => statements(rest))
    }
    let first = nowhere
    let second = nowhere
    const then = enter.block(() => {
      first = statement(node.thenStatement)
    })
    const isRestInside = first.always
    const otherwise = enter.block(() => {
      second = node.elseStatement ? statement(node.elseStatement) : nowhere
      if (isRestInside) second = guarded(enter, second, () => statements(rest))
    })
    enter.emit({ k: 'if', test, whenTrue: then, whenFalse: otherwise })
    const so = both(first, second)
    return isRestInside ? so : guarded(enter, so, () => statements(rest))
  }

  const returned = (node: ts.ReturnStatement): Escape => {
    const activation = enter.activations.at(-1)!
    if (node.expression) {
      const value = enter.value(node.expression)
      if (isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node.expression)
      if (value !== undefined) {
        activation.result ??= enter.changing('result', isAbsent(value) ? kindReturned(node.expression) : kindIn(value))
        if (activation.result.kind !== kindIn(value) && !isAbsent(value))
          throw refused(node, 'a function that returns now a number, now an array,')
        enter.set(activation.result, value)
      }
    }
    return jump(enter, activation.returned)
  }
  /** What a function returns beside null or undefined. */
  const kindReturned = (node: ts.Expression): Variable['kind'] => {
    const type = checker.getContextualType(node)
    return type && kindOfType(enter, type) === 'reference' ? 'reference' : 'scalar'
  }
  const thrown = ({ expression }: ts.ThrowStatement): Escape => {
    if (!ts.isNewExpression(expression) || (expression.arguments?.length ?? 0) > 1)
      throw refused(expression, 'throwing this')
    const [message] = expression.arguments ?? []
    const name = expression.expression.getText()
    if (!/^(Range|Type)?Error$/.test(name)) throw refused(expression, `throwing a '${name}'`)
    const text: Atom[] = [`new ${name}(`]
    if (message) text.push(...enter.message(message))
    enter.emit({ k: 'throw', text: [...text, ')'] })
    return nowhere
  }

  const jumped = (node: ts.BreakOrContinueStatement): Escape => {
    const isBreak = ts.isBreakStatement(node)
    const label = node.label?.text
    const target = enter.activations
      .at(-1)!
      .targets.findLast(each =>
        label === undefined ? !each.isNamedOnly && (isBreak || each.skipped) : each.labels.includes(label),
      )
    if (!target) throw refused(node, 'this jump')
    return jump(enter, isBreak ? target.stopped : target.skipped!)
  }
  const labelled = (node: ts.LabeledStatement, outer: readonly string[] = []): Escape => {
    const labels = [...outer, node.label.text]
    const { statement: inside } = node
    if (ts.isLabeledStatement(inside)) return labelled(inside, labels)
    if (ts.isIterationStatement(inside, false)) return enter.loopStatement(inside, labels)
    if (ts.isSwitchStatement(inside)) return enter.switchStatement(inside, labels)
    const stopped = enter.changing('stopped', 'scalar')
    enter.set(stopped, 'false')
    const { targets } = enter.activations.at(-1)!
    targets.push({ labels, stopped, isNamedOnly: true })
    const so = statement(inside)
    targets.pop()
    return escapesBut(so, stopped)
  }

  const statement = (node: ts.Statement): Escape => enter.from(node, () => ofKind(node))
  const ofKind = (node: ts.Statement): Escape => {
    if (ts.isBlock(node)) return statements(node.statements)
    if (ts.isVariableStatement(node)) enter.declare(node.declarationList)
    else if (ts.isExpressionStatement(node)) enter.value(node.expression)
    else if (ts.isIfStatement(node)) return choice(node, [])
    else if (ts.isIterationStatement(node, false)) return enter.loopStatement(node, [])
    else if (ts.isSwitchStatement(node)) return enter.switchStatement(node, [])
    else if (ts.isLabeledStatement(node)) return labelled(node)
    else if (ts.isReturnStatement(node)) return returned(node)
    else if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) return jumped(node)
    else if (ts.isThrowStatement(node)) return thrown(node)
    else if (ts.isTryStatement(node)) throw new DerivativeFault(catalogue.tried, node)
    else if (!isInert(node)) throw refused(node, `\`${node.getText().slice(0, 24).split('\n')[0]}\``)
    return nowhere
  }
  const isInert = (node: ts.Statement) =>
    ts.isEmptyStatement(node) ||
    ts.isFunctionDeclaration(node) ||
    node.kind === Kind.InterfaceDeclaration ||
    node.kind === Kind.TypeAliasDeclaration

  return { statements, statement }
}
