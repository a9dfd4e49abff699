/**
 * Lines as a person would write them: what is used once stands where it is used, tests that are the same are asked once, and a test that
 * no turn of a loop changes stands around it. It must not know what the lines compute.
 */
import { type Formula, formulaParts, isText, type Local, withInPlace } from './formulas.ts'
import { blocksIn, formulasIn, type Line } from './lines.ts'

export function tidied(lines: readonly Line[]): readonly Line[] {
  let found = flat(lines)
  for (;;) {
    const together = joined(flat(found))
    const next = withoutSingles(together)
    if (next === together) return next
    found = next
  }
}

const mapBlocks = (line: Line, change: (lines: readonly Line[]) => readonly Line[]): Line => {
  switch (line.k) {
    case 'if':
      return { ...line, whenTrue: change(line.whenTrue), whenFalse: change(line.whenFalse) }
    case 'for':
    case 'while':
    case 'function':
      return { ...line, body: change(line.body) }
    default:
      return line
  }
}

const flat = (lines: readonly Line[]): readonly Line[] =>
  lines.flatMap(each => {
    if (each.k === 'group') return flat(each.lines)
    if (each.k === 'if' && isText(each.test, 'true')) return flat(each.whenTrue)
    if (each.k === 'if' && isText(each.test, 'false')) return flat(each.whenFalse)
    return [mapBlocks(each, flat)]
  })

export function everyLine(lines: readonly Line[], found: Line[] = []): readonly Line[] {
  for (const each of lines) {
    found.push(each)
    for (const block of blocksIn(each)) everyLine(block, found)
  }
  return found
}

const mentions = (of: Formula, local: Local) => {
  for (const part of formulaParts(of)) if (part.k === 'local' && part.local === local) return true
  return false
}
/** The variables that lines assign. */
function assignedLocals(lines: readonly Line[]): ReadonlySet<Local> {
  const found = new Set<Local>()
  for (const each of everyLine(lines)) if (each.k === 'assign' && each.to.k === 'local') found.add(each.to.local)
  return found
}
const readsAny = (of: Formula, locals: ReadonlySet<Local>) => {
  for (const part of formulaParts(of)) if (part.k === 'local' && locals.has(part.local)) return true
  return false
}
const isSame = (a: Formula, b: Formula): boolean => JSON.stringify(a, keyed) === JSON.stringify(b, keyed)
const ids = new WeakMap<object, number>()
let count = 0
const keyed = (key: string, value: unknown) => {
  if (key !== 'local') return value
  if (!ids.has(value as object)) ids.set(value as object, count++)
  return ids.get(value as object)
}
const isPure = (of: Formula) => {
  for (const part of formulaParts(of))
    if (part.k === 'member' || part.k === 'pieces' || (part.k === 'local' && part.local.isShared)) return false
  return true
}

/** Tests that follow one another are one, and a loop that only asks whether to do anything is inside of the question. */
function joined(lines: readonly Line[]): readonly Line[] {
  const found: Line[] = []
  for (const line of lines) {
    const each = turned(mapBlocks(line, joined))
    const last = found.at(-1)
    if (
      each.k === 'if' &&
      last?.k === 'if' &&
      last.whenFalse.length + each.whenFalse.length === 0 &&
      isPure(each.test) &&
      isSame(each.test, last.test) &&
      !readsAny(each.test, assignedLocals(last.whenTrue))
    )
      found[found.length - 1] = { ...last, whenTrue: joined([...last.whenTrue, ...each.whenTrue]) }
    else found.push(each)
  }
  return found
}
function turned(line: Line): Line {
  if (line.k !== 'for' || line.body.length !== 1) return line
  const inner = line.body[0]!
  if (inner.k !== 'if' || inner.whenFalse.length > 0 || !isPure(inner.test)) return line
  if (mentions(inner.test, line.counter) || readsAny(inner.test, assignedLocals(inner.whenTrue))) return line
  return { ...inner, whenTrue: [{ ...line, body: inner.whenTrue }] }
}

// ---- what is used once

interface Use {
  count: number
  assigned: number
}

/** The same lines if nothing is to be done. */
function withoutSingles(lines: readonly Line[]): readonly Line[] {
  const uses = new Map<Local, Use>()
  const useOf = (local: Local) => {
    const known = uses.get(local) ?? { count: 0, assigned: 0 }
    uses.set(local, known)
    return known
  }
  for (const line of everyLine(lines)) {
    for (const each of formulasIn(line))
      for (const part of formulaParts(each)) if (part.k === 'local') useOf(part.local).count++
    if (line.k === 'assign' && line.to.k === 'local') useOf(line.to.local).assigned++
  }
  for (const line of everyLine(lines)) if (line.k === 'declare') line.local.isAssigned = useOf(line.local).assigned > 0
  const loud = new Set<Local>()
  for (const line of everyLine(lines)) {
    const local = line.k === 'declare' ? line.local : line.k === 'assign' && line.to.k === 'local' && line.to.local
    if (local && !formulasIn(line).every(isSilent)) loud.add(local)
  }
  const isUnread = (local: Local) => {
    const { assigned, count } = useOf(local)
    return count === assigned && !loud.has(local)
  }
  const read = withoutLines(
    lines,
    each =>
      (each.k === 'declare' && (each.value === undefined || useOf(each.local).assigned > 0) && isUnread(each.local)) ||
      (each.k === 'assign' && each.to.k === 'local' && isUnread(each.to.local)),
  )
  if (read !== lines) return read
  const inBlock = (block: readonly Line[]): readonly Line[] => {
    let found = block
    for (let i = 0; i < found.length; i++) {
      const line = found[i]!
      if (line.k !== 'declare' || line.value === undefined || line.local.isAssigned) continue
      const { count } = useOf(line.local)
      if (!isSilent(line.value)) continue
      const after = found.slice(i + 1)
      const single = count === 1 ? placed(after, line.local, line.value) : undefined
      const rest = count === 0 ? after : (single ?? sunk(after, line))
      if (!rest) continue
      found = [...found.slice(0, i), ...rest]
      i--
    }
    const next = found.map(each => {
      const mapped = mapBlocks(each, inBlock)
      return blocksIn(each).every((one, i) => one === blocksIn(mapped)[i]) ? each : mapped
    })
    return found !== block || next.some((each, i) => each !== found[i]) ? next : block
  }
  return inBlock(lines)
}

/** The lines without some; the same lines if there are none. */
function withoutLines(lines: readonly Line[], isLeft: (line: Line) => boolean): readonly Line[] {
  const next = lines.flatMap(each => {
    if (isLeft(each)) return []
    const mapped = mapBlocks(each, inner => withoutLines(inner, isLeft))
    return [blocksIn(each).every((one, i) => one === blocksIn(mapped)[i]) ? each : mapped]
  })
  return next.length === lines.length && next.every((each, i) => each === lines[i]) ? lines : next
}

/** Functions of Math and tests only. */
const isSilent = (of: Formula) => {
  for (const part of formulaParts(of))
    if (part.k === 'once' || (part.k === 'call' && part.of.k !== 'text')) return false
  return true
}

/** What only one side of a choice needs is found there. */
function sunk(lines: readonly Line[], line: Line & { k: 'declare' }): readonly Line[] | undefined {
  const { local } = line
  const i = lines.findIndex(each => isMentioned(each, local))
  const user = lines[i]
  if (user?.k !== 'if' || mentions(user.test, local) || !user.whenTrue.some(each => isMentioned(each, local)))
    return undefined
  if ([...user.whenFalse, ...lines.slice(i + 1)].some(each => isMentioned(each, local))) return undefined
  if (lines.slice(0, i).some(each => mayAlter(each, line.value!))) return undefined
  return [...lines.slice(0, i), { ...user, whenTrue: [line, ...user.whenTrue] }, ...lines.slice(i + 1)]
}
const isMentioned = (line: Line, local: Local) =>
  everyLine([line]).some(each => formulasIn(each).some(of => mentions(of, local)))

/** Whether a line may change what a formula reads. */
function mayAlter(line: Line, value: Formula): boolean {
  const read = new Set<Local>()
  let isMemory = false
  for (const part of formulaParts(value)) {
    if (part.k === 'local') read.add(part.local)
    if (part.k === 'member' || part.k === 'pieces' || (part.k === 'local' && part.local.isShared)) isMemory = true
  }
  return everyLine([line]).some(
    each =>
      (each.k === 'assign' && each.to.k === 'local' && read.has(each.to.local)) ||
      (isMemory && ((each.k === 'assign' && each.to.k === 'member') || hasCall(each))),
  )
}

/** Lines with a formula in the place of the variable that it was for; undefined where something before changes what it reads. */
function placed(lines: readonly Line[], local: Local, value: Formula): readonly Line[] | undefined {
  const i = lines.findIndex(each => isMentioned(each, local))
  const user = lines[i]
  // one that is looked up may be another one each time
  if ((value.k === 'list' || value.k === 'record') && user?.k !== 'end') return undefined
  if (!user || lines.slice(0, i).some(each => mayAlter(each, value))) return undefined
  const rest = (line: Line) => [...lines.slice(0, i), line, ...lines.slice(i + 1)]
  if (formulasIn(user).some(each => mentions(each, local))) {
    // a test of a loop is asked again and again
    if (user.k === 'while' || (user.k === 'for' && mentions(user.test, local))) return undefined
    return rest(withFormula(user, local, value))
  }
  if (user.k !== 'if') return undefined
  const side = (block: readonly Line[]) =>
    block.some(each => isMentioned(each, local)) ? placed(block, local, value) : block
  const [whenTrue, whenFalse] = [side(user.whenTrue), side(user.whenFalse)]
  return whenTrue && whenFalse && rest({ ...user, whenTrue, whenFalse })
}
const hasCall = (line: Line) =>
  formulasIn(line).some(of => {
    for (const part of formulaParts(of))
      if (part.k === 'once' || (part.k === 'call' && part.of.k !== 'text')) return true
    return false
  })

function withFormula(line: Line, local: Local, value: Formula): Line {
  const within = (of: Formula) => withInPlace(of, local, value)
  switch (line.k) {
    case 'declare':
    case 'end':
      return line.value ? { ...line, value: within(line.value) } : line
    case 'assign':
      return { ...line, to: within(line.to), value: within(line.value) }
    case 'do':
      return { ...line, value: within(line.value) }
    case 'if':
      return { ...line, test: within(line.test) }
    case 'for':
      return { ...line, from: within(line.from), test: within(line.test) }
    default:
      return line
  }
}
