/**
 * The functions of Math that are rows of the rules, and the tests of numbers. It must not know derivatives.
 */
import type ts from 'typescript'
import { quotedRules } from '../quoted-rules.ts'
import type { Atom, Variable } from '../structured.ts'
import { asAtom, type Enter, inner, refused } from './context.ts'
import { mathOfList } from './math-lists.ts'
import { nameInMath } from './math-names.ts'
import { ruleNamed } from './operators.ts'
import { isOfLibrary } from './types.ts'

/** Rows that take any number of operands. */
const ANY_NUMBER = new Set(['max', 'min', 'hypot'])
const TESTS = new Set(['isFinite', 'isNaN', 'isInteger', 'isSafeInteger'])

export function mathOf(enter: Enter): Pick<Enter, 'mathCall' | 'mathCallback'> {
  const { ts, checker } = enter

  const isGlobal = (node: ts.Expression, name?: string) =>
    ts.isIdentifier(node) &&
    (name === undefined || node.text === name) &&
    isOfLibrary(checker.getSymbolAtLocation(node))

  const operationOf = (name: string, node: ts.CallExpression): Atom => {
    const row = ruleNamed(`Math.${name}`)
    const { arguments: args } = node
    if (args.some(ts.isSpreadElement)) {
      if (name === 'max' || name === 'min' || name === 'hypot') return mathOfList(enter, name, node)
      throw refused(node, `a spread list in \`Math.${name}\``)
    }
    if (name === 'random' && args.length === 0) return drawn()
    const arity = row === undefined ? 0 : quotedRules[row]!.partials.length
    if (row === undefined) throw refused(node, `\`Math.${name}\``)
    const operands = enter.atoms(args)
    if (ANY_NUMBER.has(row)) {
      if (operands.length === 0) throw refused(node, `\`Math.${name}\` without arguments`)
      if (operands.length === 1) return row === 'hypot' ? enter.operation('abs', operands) : operands[0]!
    } else if (operands.length !== arity) throw refused(node, `\`Math.${name}\` with ${operands.length} arguments`)
    return enter.operation(row, operands)
  }
  const drawn = (): Variable => {
    const target = enter.scalar('random')
    enter.emit({ k: 'effect', target, text: ['Math.random()'], mayWrite: false })
    return target
  }
  const testOf = (node: ts.CallExpression): Atom | undefined => {
    const { expression } = node
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()
    const isNumbers = ts.isPropertyAccessExpression(expression) && isGlobal(expression.expression, 'Number')
    const isOwn = /^is(NaN|Finite)$/.test(name) && isGlobal(expression)
    if (!TESTS.has(name) || !(isNumbers || isOwn) || node.arguments.length !== 1) return undefined
    return enter.constant(`${expression.getText()}(`, enter.atom(node.arguments[0]!), ')')
  }

  const mathCallback: Enter['mathCallback'] = written => {
    const node = inner(ts, written) as ts.Expression
    const name = nameInMath(enter, node)
    if (name === undefined) return undefined
    const rule = ruleNamed(`Math.${name}`)
    if (rule === undefined || quotedRules[rule]!.partials.length !== 1)
      throw refused(node, `\`Math.${name}\` as a function of each element`)
    return ([x]) => enter.operation(rule, [asAtom(x, node)])
  }

  return {
    mathCall(node) {
      const name = nameInMath(enter, node.expression)
      return name === undefined ? testOf(node) : operationOf(name, node)
    },
    mathCallback,
  }
}
