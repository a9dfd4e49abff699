/**
 * Arguments by which a gradient is 0 wherever it is taken: the result does not depend on them, or only through steps, comparisons and
 * indices. It must not know TypeScript's trees, nor how a derivative is written.
 */
import { memoryOf } from './memory.ts'
import { quotedRules } from './quoted-rules.ts'
import {
  type Atom,
  allIn,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Variable,
} from './structured.ts'

/** An argument with what ends its derivative: the first such statement, in words; nothing where nobody reads the argument. */
export interface ZeroGradient {
  readonly input: Variable
  readonly by: { readonly words: string; readonly at: Statement['at'] } | undefined
}

export function zeroGradients(f: StructuredFunction): readonly ZeroGradient[] {
  const steps: Steps = new Map()
  const cut: StructuredFunction = {
    ...f,
    body: withoutSteps(f.body, steps),
    units: f.units.map(unit => ({ ...unit, body: withoutSteps(unit.body, steps) })),
  }
  return f.inputs.flatMap((input): readonly ZeroGradient[] => {
    const memory = memoryOf({ ...cut, inputs: [input] })
    const isDependent = (atom: Atom) =>
      isVariable(atom) && (atom.kind === 'scalar' ? memory.isActive(atom) : memory.isShadowed(atom))
    if (isDependent(f.result)) return []
    const ends = allIn(cut).filter(each => readBy(each).some(atom => isScalar(atom) && isDependent(atom)))
    // a constant copy is `detach`: 0 is meant
    if (ends.some(each => each.k === 'constant' && each.text.length === 1 && !steps.has(each))) return []
    const first = ends.find(({ k }) => k === 'constant' || k === 'load' || k === 'store')
    return [{ input, by: first && { words: steps.get(first) ?? wordsOf(first), at: first.at } }]
  })
}

const isScalar = (atom: Atom) => isVariable(atom) && atom.kind === 'scalar'
const wordsOf = ({ k }: Statement) => (k === 'constant' ? 'a comparison' : 'an index')

/** The statements that stand for steps, by the names of these. */
type Steps = Map<Statement, string>

/** Steps as what they are to a gradient: constants. */
function withoutSteps(statements: Statements, steps: Steps): Statements {
  return statements.map((each): Statement => {
    const row = each.k === 'operation' ? quotedRules[each.rule] : undefined
    if (each.k === 'operation' && row?.passes === 'nothing') {
      const step: Statement = { k: 'constant', target: each.target, text: each.operands, at: each.at }
      steps.set(step, `\`${row.keys[0]}\``)
      return step
    }
    if (each.k === 'if')
      return { ...each, whenTrue: withoutSteps(each.whenTrue, steps), whenFalse: withoutSteps(each.whenFalse, steps) }
    if (each.k !== 'loop') return each
    return { ...each, before: withoutSteps(each.before, steps), body: withoutSteps(each.body, steps) }
  })
}
