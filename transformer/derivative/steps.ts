/**
 * Steps of what other steps compute, as in `Math.sign(Math.floor(x))`. Where the inner one jumps, so does the outer one, and has no second
 * derivative; its own operand does not show it, since nothing passes through a jump. It must not know how a derivative is written.
 */
import { memoryOf } from './memory.ts'
import { quotedRules } from './quoted-rules.ts'
import { allIn, type Statement, type Statements, type StructuredFunction, type Variable } from './structured.ts'

const isStep = (each: Statement): each is Statement & { k: 'operation' } =>
  each.k === 'operation' && quotedRules[each.rule]?.passes === 'nothing'

/** The steps that depend on the inputs, and those of them that depend on another one. */
export function stepsOf(f: StructuredFunction): {
  readonly steps: ReadonlySet<Statement>
  readonly nested: ReadonlySet<Statement>
} {
  const memory = memoryOf(f)
  const steps = allIn(f)
    .filter(isStep)
    .filter(({ target }) => memory.isActive(target))
  // each step becomes an input, and what is active then depends on one
  const known = new Map<Statement, Statement>()
  const jump: Variable = { wanted: 'jump', kind: 'scalar', isFixed: true }
  for (const each of steps) known.set(each, { k: 'set', target: each.target, from: jump })
  const replaced = (statements: Statements): Statements =>
    statements.map(each => {
      if (each.k === 'if') return { ...each, whenTrue: replaced(each.whenTrue), whenFalse: replaced(each.whenFalse) }
      if (each.k === 'loop') return { ...each, before: replaced(each.before), body: replaced(each.body) }
      return known.get(each) ?? each
    })
  const units = f.units.map(unit => ({ ...unit, body: replaced(unit.body) }))
  const jumping = memoryOf({ ...f, inputs: [jump], parameters: [...f.parameters, jump], body: replaced(f.body), units })
  const nested = steps.filter(({ operands }) => operands.some(jumping.isActive))
  return { steps: new Set(steps), nested: new Set(nested) }
}
