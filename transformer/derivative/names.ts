/**
 * The names in the text of a derivative: the user's own, made different from each other and from all that the text reads from outside.
 * It must not know what the names stand for.
 */
import type { Statement, Unit, Variable } from './structured.ts'

export interface DerivativeNames {
  name(variable: Variable): string
  /** The derivative of the result by a number, as far as it is added up. */
  adjoint(variable: Variable): string
  /** The array or record of the adjoints of what a variable holds. */
  shadow(variable: Variable): string
  /** The number of turns of a loop. */
  turns(loop: Statement): string
  /** A unit as a function, and the function that runs it backwards. */
  unit(unit: Unit): string
  unitBack(unit: Unit): string
}

/** DerivativeNames of the text's own, of JavaScript, and words that are no names. */
const OWN = new Set(
  (
    '$ $i $j T sp R seed arrived key object Math Number NaN Infinity undefined Array Float64Array Error TypeError RangeError arguments eval isNaN isFinite ' +
    'await async break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super ' +
    'switch this throw true try typeof var void while with yield'
  ).split(' '),
)

export function createNames(taken: Iterable<string>): DerivativeNames {
  const used = new Set([...OWN, ...taken])
  const found = new Map<unknown, string>()
  const adjoints = new Map<Variable, string>()
  const turns = new Map<Statement, string>()
  const [units, unitBacks] = [new Map<Unit, string>(), new Map<Unit, string>()]
  const free = (wanted: string) => {
    let name = wanted
    for (let i = 2; used.has(name) || /^p\d+$/.test(name); i++) name = `${wanted}_${i}`
    used.add(name)
    return name
  }
  const once = <K>(known: Map<K, string>, key: K, wanted: () => string) => {
    const name = known.get(key) ?? free(wanted())
    known.set(key, name)
    return name
  }
  const name = (variable: Variable) =>
    variable.outer ??
    once(found, variable, () => variable.wanted.replace(/[^\p{ID_Continue}$]/gu, '').replace(/^(?!\p{ID_Start})/u, '_'))
  const adjoint = (variable: Variable) =>
    once(adjoints, variable, () => {
      const own = name(variable)
      return `d${own[0]!.toUpperCase()}${own.slice(1)}`
    })
  const unit = (each: Unit) => once(units, each, () => each.wanted)
  return {
    name,
    adjoint,
    shadow: adjoint,
    turns: loop => once(turns, loop, () => 'turns'),
    unit,
    unitBack: each => once(unitBacks, each, () => `${unit(each)}Back`),
  }
}
