/**
 * From the tree of a function to structured statements: the functions that it calls are written in their places.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue } from '../../report/diagnostics.ts'
import type { SourcePlace, Statement, Statements, StructuredFunction, Unit, Variable } from '../structured.ts'
import { arrayMethodsOf } from './array-methods.ts'
import { arraysOf } from './arrays.ts'
import { type AssignedNames, assignedIn } from './assigned.ts'
import { assignmentsOf } from './assignments.ts'
import { bindingsOf } from './bindings.ts'
import { callsOf } from './calls.ts'
import { chainsOf } from './chains.ts'
import { classesOf } from './classes.ts'
import {
  DerivativeFault,
  type Enter,
  isFunction,
  isReference,
  type KnownFunction,
  type Obligation,
  refused,
} from './context.ts'
import { effectsOf } from './effects.ts'
import { emittersOf } from './emitters.ts'
import { expressionsOf } from './expressions.ts'
import { inlineOf } from './inline.ts'
import { linearFunctionsOf } from './linear-functions.ts'
import { loopsOf } from './loops.ts'
import { mathOf } from './math.ts'
import { membersOf } from './members.ts'
import { nestedDerivativesOf } from './nested-derivatives.ts'
import { ownDerivativesOf } from './own-derivatives.ts'
import { packageFunctionsOf } from './package-functions.ts'
import { passedOf } from './passed.ts'
import { patternsOf } from './patterns.ts'
import { recursionOf } from './recursion.ts'
import { bindingsIn } from './scopes.ts'
import { statementsOf } from './statements.ts'
import { switchesOf } from './switches.ts'
import { messagesOf } from './texts.ts'
import { isOfNumbers, kindOfType } from './types.ts'

/** What knows a form of the language. Each finds the others through the context. */
const subjects = [
  ...[statementsOf, loopsOf, switchesOf, bindingsOf, patternsOf, chainsOf, expressionsOf, assignmentsOf, membersOf],
  ...[
    callsOf,
    passedOf,
    classesOf,
    effectsOf,
    messagesOf,
    packageFunctionsOf,
    linearFunctionsOf,
    nestedDerivativesOf,
    ownDerivativesOf,
    inlineOf,
    recursionOf,
    mathOf,
    arraysOf,
    arrayMethodsOf,
  ],
]

/** A function in structured form, with what must be true of it. */
export interface Entered extends StructuredFunction {
  readonly obligations: readonly Obligation[]
}

/** More than this is no function to be written as text. */
const MOST_STATEMENTS = 20_000

/**
 * @param by the parameters by which it is derived, by their places; undefined for all.
 * @param order how often it is derived.
 * @param siteOfThis what `this` belongs to where the derivative is taken.
 * @param assigned what is known of files, for all functions of one program.
 * @throws DerivativeFault at the first form that is not understood.
 */
export function enter(
  ts: TypeScript,
  checker: ts.TypeChecker,
  f: KnownFunction,
  captured: Enter['captured'],
  activations: Enter['activations'] = [],
  by: readonly number[] = [...f.node.parameters.keys()],
  order = 2,
  siteOfThis: ts.Node | undefined = undefined,
  assigned: AssignedNames = new Map(),
): Entered {
  const { node } = f
  let current: Statement[] = []
  const start: Statement[] = []
  let count = 0
  let place: SourcePlace | undefined
  const variable = (wanted: string, kind: Variable['kind'], isFixed: boolean): Variable => ({ wanted, kind, isFixed })
  const obligations: Obligation[] = []
  const context = {
    ts,
    checker,
    captured,
    siteOfThis,
    bound: bindingsIn({ activations }),
    obligations,
    oblige(kind: Obligation['kind'], about: Variable, node: ts.Node, spread?: Obligation['spread']) {
      obligations.push({ kind, about, node, path: [...activations], ...(spread && { spread }) })
    },
    units: [] as Unit[],
    order,
    activations,
    found: new Map(),
    isAssigned(symbol: ts.Symbol) {
      const file = symbol.valueDeclaration?.getSourceFile()
      if (!file) return true
      if (!assigned.has(file)) assigned.set(file, assignedIn(ts, checker, file))
      return assigned.get(file)!.has(symbol)
    },
    emit(statement: Statement) {
      if (++count > MOST_STATEMENTS) throw new DerivativeFault(catalogue.tooLarge, node)
      current.push(statement.at ? statement : { ...statement, at: place })
    },
    from<R>(node: ts.Node, work: () => R): R {
      const outer = place
      const { fileName } = node.getSourceFile()
      // as in stack traces
      const isMethod = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
      place = { fileName, start: (isMethod ? node.expression.name : node).getStart() }
      try {
        return work()
      } finally {
        place = outer
      }
    },
    atStart: (work: () => void) => void start.push(...context.block(work)),
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
    fixed: (wanted: string, kind: Variable['kind']) => variable(wanted, kind, true),
  } as unknown as Enter
  Object.assign(context, emittersOf(context))
  for (const subject of subjects) Object.assign(context, subject(context))
  const { value } = context
  Object.assign(context, { value: (each: ts.Expression) => context.from(each, () => value(each)) })

  const parameters = node.parameters.map((parameter, place) => {
    const kind = kindOfType(context, checker.getTypeAtLocation(parameter))
    const isUnderstood = !by.includes(place) || isOfNumbers(context, checker.getTypeAtLocation(parameter))
    if ((kind !== 'scalar' && kind !== 'reference') || !isUnderstood)
      throw new DerivativeFault(catalogue.noNumbers, parameter)
    if (parameter.dotDotDotToken) throw refused(parameter, 'a rest parameter of the function itself')
    const wanted = ts.isIdentifier(parameter.name) ? parameter.name.text : 'argument'
    return variable(wanted, kind, true)
  })
  let returned: Variable
  const body = context.block(() => {
    const result = context.inline(f, parameters, node)
    if (result === undefined || isFunction(result)) throw refused(node, 'a function that returns anything but numbers')
    returned = variable('result', isReference(result) ? 'reference' : 'scalar', true)
    // it comes from where its value does
    context.emit({ k: 'set', target: returned, from: result, at: current.findLast(each => each.at)?.at })
  })
  const inputs = by.map(place => parameters[place]!)
  return {
    parameters,
    inputs,
    body: [...start, ...body],
    units: context.units,
    result: returned!,
    obligations: context.obligations,
  }
}
