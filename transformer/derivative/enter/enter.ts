/**
 * From the tree of a function to structured statements: the functions that it calls are written in their places.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import type { Statement, Statements, StructuredFunction, Variable } from '../structured.ts'
import { callsOf } from './calls.ts'
import {
  DerivativeFault,
  type Enter,
  type FunctionNode,
  inner,
  isFunction,
  isOfNumbers,
  isReference,
  kindOfType,
  type Obligation,
} from './context.ts'
import { expressionsOf } from './expressions.ts'
import { statementsOf } from './statements.ts'

/** A function in structured form, with what must be true of it. */
export interface Entered extends StructuredFunction {
  readonly obligations: readonly Obligation[]
}

/** More than this is no function to be written as text. */
const MOST_STATEMENTS = 20_000

/** @throws DerivativeFault at the first form that is not understood. */
export function enter(
  ts: TypeScript,
  checker: ts.TypeChecker,
  node: FunctionNode,
  captured: Enter['captured'],
  activations: Enter['activations'] = [],
): Entered {
  let current: Statement[] = []
  let count = 0
  const assigned = new Map<ts.SourceFile, ReadonlySet<ts.Symbol>>()
  const variable = (wanted: string, kind: Variable['kind'], isFixed: boolean): Variable => ({ wanted, kind, isFixed })
  const context = {
    ts,
    checker,
    captured,
    bound: new Map(),
    obligations: [] as Obligation[],
    activations,
    isAssigned(symbol: ts.Symbol) {
      const file = symbol.valueDeclaration?.getSourceFile()
      if (!file) return true
      if (!assigned.has(file)) assigned.set(file, assignedIn(ts, checker, file))
      return assigned.get(file)!.has(symbol)
    },
    emit(statement: Statement) {
      if (++count > MOST_STATEMENTS) throw new DerivativeFault(catalogue.tooLarge, node)
      current.push(statement)
    },
    block(work: () => void): Statements {
      const outer = current
      const own: Statement[] = []
      current = own
      try {
        work()
      } finally {
        current = outer
      }
      return own
    },
    scalar: (wanted: string) => variable(wanted, 'scalar', true),
    changing: (wanted: string, kind: Variable['kind']) => variable(wanted, kind, false),
    reference: (wanted: string) => variable(wanted, 'reference', true),
  } as unknown as Enter
  Object.assign(context, expressionsOf(context), statementsOf(context), callsOf(context))

  const parameters = node.parameters.map(parameter => {
    const kind = kindOfType(context, checker.getTypeAtLocation(parameter))
    if ((kind !== 'scalar' && kind !== 'reference') || !isOfNumbers(context, checker.getTypeAtLocation(parameter)))
      throw new DerivativeFault(catalogue.noNumbers, parameter)
    if (parameter.dotDotDotToken || parameter.initializer || parameter.questionToken)
      throw new DerivativeFault(
        catalogue.notDerived,
        parameter,
        'an optional or a rest parameter of the function itself',
      )
    const wanted = ts.isIdentifier(parameter.name) ? parameter.name.text : 'argument'
    return variable(wanted, kind, true)
  })
  const returned = variable('result', 'scalar', true)
  const body = context.block(() => {
    const result = context.inline({ node }, parameters, node)
    if (result === undefined || isFunction(result) || isReference(result))
      throw new DerivativeFault(catalogue.notDerived, node, 'a function that returns anything but one number')
    context.emit({ k: 'set', target: returned, from: result })
  })
  return { parameters, body, result: returned, obligations: context.obligations }
}

/** The variables of a file that a statement assigns after their declaration. */
function assignedIn(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): ReadonlySet<ts.Symbol> {
  const found = new Set<ts.Symbol>()
  const add = (written: ts.Node): void => {
    const target = ts.isExpression(written) ? inner(ts, written) : written
    if (ts.isIdentifier(target)) found.add(checker.getSymbolAtLocation(target)!)
    else if (ts.isArrayLiteralExpression(target)) for (const each of target.elements) add(each)
    else if (ts.isSpreadElement(target)) add(target.expression)
    else if (ts.isBinaryExpression(target)) add(target.left)
    else if (ts.isObjectLiteralExpression(target))
      for (const each of target.properties) {
        if (ts.isShorthandPropertyAssignment(each)) found.add(checker.getShorthandAssignmentValueSymbol(each)!)
        else if (ts.isPropertyAssignment(each)) add(each.initializer)
        else if (ts.isSpreadAssignment(each)) add(each.expression)
      }
  }
  walk(ts, file, each => {
    if (ts.isBinaryExpression(each) && isAssignment(ts, each.operatorToken.kind)) add(each.left)
    if (ts.isPrefixUnaryExpression(each) || ts.isPostfixUnaryExpression(each)) {
      const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind
      if (each.operator === PlusPlusToken || each.operator === MinusMinusToken) add(each.operand)
    }
    if ((ts.isForOfStatement(each) || ts.isForInStatement(each)) && !ts.isVariableDeclarationList(each.initializer))
      add(each.initializer)
    return undefined
  })
  return found
}

const isAssignment = (ts: TypeScript, kind: ts.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
