/**
 * A function with its derivative along a direction: each statement that computes a number is followed by one for the number's tangent, and
 * each array or record that may hold such numbers has one of tangents beside it. It must not know texts.
 *
 * The result is in structured form again, so that its gradient, the Hessian times the direction, is written by what writes gradients:
 * reverse over forward. Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 3.1 and chapter 5.
 */
import { memoryOf } from './memory.ts'
import { atJumpRule, jumpingRule, NO_FLOW, RESULT, tangentRule } from './rows.ts'
import { stepsOf } from './steps.ts'
import {
  type Atom,
  isVariable,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Unit,
  type Variable,
} from './structured.ts'

/** A function of its arguments and of a direction for each input, with the tangent beside its result. */
export interface TangentFunction extends StructuredFunction {
  readonly tangent: Atom
}

export function tangentOf(f: StructuredFunction): TangentFunction {
  const memory = memoryOf(f)
  const tangents = new Map<Variable, Variable>()
  const moves = (atom: Atom): atom is Variable =>
    isVariable(atom) && (atom.kind === 'scalar' ? memory.isActive(atom) : memory.isShadowed(atom))
  const dot = (variable: Variable): Variable => {
    const known = tangents.get(variable) ?? { wanted: `${variable.wanted}Dot`, kind: variable.kind, isFixed: false }
    tangents.set(variable, known)
    return known
  }
  /** The tangent of what an atom is; nothing where it never moves. */
  const tangent = (atom: Atom, kind: Variable['kind']): Atom => {
    if (moves(atom)) return dot(atom)
    return kind === 'scalar' ? NO_FLOW : 'undefined'
  }
  const { steps, nested } = stepsOf(f)
  const jumped: Variable = { wanted: 'jumped', kind: 'scalar', isFixed: false }

  const kindOf = (atom: Atom) => (isVariable(atom) ? atom.kind : 'scalar')

  /** Statements for the case that an array or a record has tangents. */
  const guarded = (object: Variable, whenTrue: Statements, whenFalse: Statements = []): Statements => {
    if (!moves(object)) return whenFalse
    if (!memory.mayLackShadow(object)) return whenTrue
    const test: Variable = { wanted: 'moves', kind: 'scalar', isFixed: true }
    return [
      { k: 'constant', target: test, text: [dot(object), ' !== undefined'] },
      { k: 'if', test, whenTrue, whenFalse },
    ]
  }

  const operation = ({ target, rule, operands }: Statement & { k: 'operation' }): Statements => {
    const directions = operands.map(each => tangent(each, 'scalar'))
    return [
      {
        k: 'operation',
        target: dot(target),
        rule: tangentRule(rule),
        operands: [...operands, target, ...directions],
      },
    ]
  }

  /** A step of a function with nested ones, with its tangent: it tells those behind it whether it jumps. */
  const step = (each: Statement & { k: 'operation' }): Statements => {
    const { target, rule, operands } = each
    const hasJumped = nested.has(each) ? jumped : 'false'
    const [jumps, test] = ['jumps', 'hasJumped'].map((wanted): Variable => ({ wanted, kind: 'scalar', isFixed: true }))
    const moving = [...operands, target, ...operands.map(operand => tangent(operand, 'scalar')), hasJumped]
    return [
      { k: 'operation', target, rule: jumpingRule(rule), operands: [...operands, hasJumped] },
      { k: 'operation', target: dot(target), rule: tangentRule(jumpingRule(rule)), operands: moving },
      { k: 'operation', target: jumps!, rule: atJumpRule(rule), operands: [...operands, target, hasJumped] },
      { k: 'constant', target: test!, text: [jumped, ' || 1 / ', jumps!, ' > 0'] },
      { k: 'set', target: jumped, from: test! },
    ]
  }

  const called = (each: Statement & { k: 'call' }): Statements => {
    const { parameters, result } = f.units[each.unit]!
    const operands = [
      ...each.operands,
      ...parameters.flatMap((parameter, i) => (moves(parameter) ? [tangent(each.operands[i]!, parameter.kind)] : [])),
    ]
    if (!each.target || !moves(result)) return [{ ...each, operands }]
    const { target } = each
    const pair: Variable = { wanted: 'pair', kind: 'reference', isFixed: true }
    return [
      { k: 'call', target: pair, unit: each.unit, operands },
      { k: 'load', target, from: pair, key: VALUE },
      ...(moves(target) ? [{ k: 'load', target: dot(target), from: pair, key: TANGENT } as const] : []),
    ]
  }

  /** What holds the tangents of an array or a record; they are not rounded. */
  const dotArray = ({ name: _, ...each }: Statement & { k: 'make' }, target: Variable): Statement => ({
    ...each,
    target,
    ...(each.of === 'typed' && { fill: NO_FLOW }),
  })

  /** What follows a statement. */
  const moved = (each: Statement): Statements => {
    switch (each.k) {
      case 'set':
        return moves(each.target)
          ? [{ ...each, target: dot(each.target), from: tangent(each.from, each.target.kind) }]
          : []
      case 'operation':
        return moves(each.target) ? operation(each) : []
      case 'constant':
      case 'effect':
        return each.target && moves(each.target) ? [{ k: 'set', target: dot(each.target), from: NO_FLOW }] : []
      case 'make':
        if (!moves(each.target)) return []
        return [dotArray(each, dot(each.target))]
      case 'load': {
        if (!moves(each.target)) return []
        const target = dot(each.target)
        const none = each.target.kind === 'scalar' ? NO_FLOW : 'undefined'
        const read: Statement = { ...each, target, from: dot(each.from) }
        return guarded(each.from, [read], [{ k: 'set', target, from: none }])
      }
      case 'store':
        return guarded(each.to, [{ ...each, to: dot(each.to), from: tangent(each.from, kindOf(each.from)) }])
      case 'push':
        return guarded(each.to, [{ ...each, to: dot(each.to), from: tangent(each.from, kindOf(each.from)) }])
      default:
        return []
    }
  }

  const withTangents = (statements: Statements): Statements =>
    statements.flatMap(each => withTangent(each).map(next => (next.at ? next : { ...next, at: each.at })))
  const withTangent = (each: Statement): Statements => {
    if (each.k === 'if')
      return [{ ...each, whenTrue: withTangents(each.whenTrue), whenFalse: withTangents(each.whenFalse) }]
    if (each.k === 'loop') return [{ ...each, before: withTangents(each.before), body: withTangents(each.body) }]
    if (each.k === 'call') return called(each)
    const isJumping = each.k === 'operation' && nested.size > 0 && steps.has(each)
    return isJumping ? step(each) : [each, ...moved(each)]
  }

  const unitWithTangents = (unit: Unit): Unit => {
    const parameters = [...unit.parameters, ...unit.parameters.filter(moves).map(dot)]
    const body = withTangents(unit.body)
    if (!moves(unit.result)) return { ...unit, parameters, body }
    const pair: Variable = { wanted: 'pair', kind: 'reference', isFixed: true }
    const returned: Statements = [
      { k: 'make', target: pair, of: 'record' },
      { k: 'store', to: pair, key: VALUE, from: unit.result },
      { k: 'store', to: pair, key: TANGENT, from: dot(unit.result) },
    ]
    const at = lastPlace(unit.body)
    return { ...unit, parameters, body: [...body, ...returned.map(each => ({ ...each, at }))], result: pair }
  }

  const ended = endOf(f.result, tangent(f.result, kindOf(f.result)))
  return {
    parameters: [...f.parameters, ...f.inputs.map(dot)],
    inputs: f.inputs,
    body: [
      ...(nested.size > 0 ? [{ k: 'set', target: jumped, from: 'false' } as const] : []),
      ...withTangents(f.body),
      ...ended.statements.map(each => ({ ...each, at: lastPlace(f.body) })),
    ],
    units: f.units.map(unitWithTangents),
    result: f.result,
    tangent: ended.tangent,
  }
}

const [VALUE, TANGENT] = ['"value"', '"tangent"']

/** Where what a function returns comes from. */
const lastPlace = (body: Statements) => body.findLast(each => each.at)?.at

/** Where the value is NaN, so is all that is derived from it. */
function endOf(result: Atom, tangent: Atom): { readonly statements: Statements; readonly tangent: Atom } {
  if (!isVariable(tangent) || tangent.kind === 'reference') return { statements: [], tangent }
  const target: Variable = { wanted: 'slope', kind: 'scalar', isFixed: true }
  const operands = [result, result, tangent]
  return { statements: [{ k: 'operation', target, rule: tangentRule(RESULT), operands }], tangent: target }
}
