/** What the parts of the way forwards share: the variables of its text that are declared elsewhere, and where copies are made. It must not write a line. */
import {
  type Atom,
  allIn,
  blocksOf,
  isVariable,
  type Statement,
  type Statements,
  targetsIn,
  type Variable,
} from '../../structured.ts'
import type { FusedLines } from '../backward.ts'
import type { Local } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { isOverwritten } from '../storage.ts'
import type { PrimalValue } from '../values/value.ts'
import { held, namedIn, type PlannedWriting } from '../writing.ts'

export const ANY = 'any'
export type Assigning = Statement & { readonly target: Variable }

export interface ForwardWay {
  readonly writing: PlannedWriting
  readonly statements: readonly Statement[]
  /** Variables that both halves see, though one of them is declared inside of a block. */
  readonly hoisted: ReadonlySet<Local>
  /** Those of them that a turn declares, which runs backwards at its own end. */
  readonly hoistedInTurns: ReadonlyMap<Statements, ReadonlySet<Local>>
  readonly snapshots: Snapshots
  /** The references whose shadows are at hand on the way forwards. */
  readonly shadowed: ReadonlySet<Variable>
  /** The lines that run backwards among these. */
  readonly fused: FusedLines | undefined
  /** The lines of a block, but for one statement. */
  readonly block: (way: ForwardWay, all: Statements, without?: Statement) => Line[]
}

/** Values whose variable gets another one, by where they must be copied. */
interface Snapshots {
  readonly behind: ReadonlyMap<Statement, readonly PrimalValue[]>
  readonly heads: ReadonlyMap<Statement, readonly PrimalValue[]>
  readonly starts: ReadonlyMap<Statements, readonly PrimalValue[]>
}

export function snapshotsOf({ f, values, plan }: PlannedWriting): Snapshots {
  const behind = new Map<Statement, PrimalValue[]>()
  const heads = new Map<Statement, PrimalValue[]>()
  const starts = new Map<Statements, PrimalValue[]>()
  const isTurn = new Set(
    [...plan.taped.values(), ...[...plan.objects.values()].map(all => all.map(({ value }) => value))].flat(),
  )
  for (const value of namedIn(plan)) {
    if (value.k === 'turns' || !isOverwritten(value, f, values, isTurn.has(value))) continue
    const isHead = value.k === 'merge' && value.by?.k === 'loop' && value.by.body === value.home
    if (!value.by) {
      starts.set(value.home!, [...(starts.get(value.home!) ?? []), value])
      continue
    }
    const into = isHead ? heads : behind
    into.set(value.by, [...(into.get(value.by) ?? []), value])
  }
  return { behind, heads, starts }
}

/** The variables that are declared before the block that would declare them: by the block around both halves, which is a turn or the function. */
export function hoistedIn(
  writing: PlannedWriting,
  shadowed: ReadonlySet<Variable>,
  fused: FusedLines | undefined,
): ReadonlyMap<Statements, Set<Local>> {
  const { f, values, plan, scopes } = writing
  const found = new Map<Statements, Set<Local>>([[f.body, sharedHere(writing, shadowed)]])
  const turns = new Set([...(fused?.turns.keys() ?? [])].flatMap(blocksOf))
  const declaredIn = (value: PrimalValue) => {
    if (isOverwritten(value, f, values, false) || value.k === 'turns') return value.home
    return value.holder!.isFixed ? value.home : scopes.get(value.holder!)
  }
  for (const [value, kinds] of plan.inScope)
    for (const of of kinds) {
      const local = held(writing, value, of, false)
      const own = declaredIn(value)
      let around = own
      while (around && !turns.has(around)) around = values.parents.get(around)?.block
      const block = around ?? f.body
      if (own !== block) found.set(block, (found.get(block) ?? new Set()).add(local))
    }
  return found
}

/** Variables that units and the function around them have in common. */
function sharedHere(writing: PlannedWriting, shadowed: ReadonlySet<Variable>): Set<Local> {
  const { f, shared } = writing
  const found = new Set<Local>()
  const assignedAnywhere = targetsIn(allIn(f))
  for (const variable of shared) {
    if (!assignedAnywhere.has(variable)) continue
    const locals = [writing.local(variable), ...(shadowed.has(variable) ? [writing.shadowLocal(variable)] : [])]
    for (const local of locals) {
      local.isShared = true
      found.add(local)
    }
  }
  return found
}

export function shadowedForward({ f, memory, plan, shared }: PlannedWriting): ReadonlySet<Variable> {
  const statements = allIn(f)
  const targets = targetsIn(statements)
  const found = new Set<Variable>()
  const want = (atom: Atom) => {
    if (!isVariable(atom) || atom.kind !== 'reference' || !memory.isShadowed(atom) || atom.outer || found.has(atom))
      return
    found.add(atom)
    for (const each of statements)
      if ('target' in each && each.target === atom) {
        if (each.k === 'load') want(each.from)
        if (each.k === 'set') want(each.from)
      }
  }
  for (const each of statements) {
    if (each.k === 'make') want(each.target)
    if ('target' in each && each.target && !each.target.isFixed) want(each.target)
    if (each.k === 'store' || each.k === 'push') {
      if (!memory.isShadowed(each.to)) continue
      want(each.to)
      want(each.from)
    }
  }
  want(f.result)
  // a unit that runs backwards asks for them by their names
  for (const each of shared) if (targets.has(each)) want(each)
  for (const { parameters, result } of f.units) [...parameters, result].forEach(want)
  for (const each of statements) if (each.k === 'call') each.operands.forEach(want)
  for (const [value, kinds] of plan.inScope) if (kinds.has('shadow')) want(value.holder!)
  for (const { value, of } of [...plan.objects.values()].flat()) if (of === 'shadow') want(value.holder!)
  return found
}
