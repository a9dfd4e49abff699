/**
 * The meaning of a function of Math: a method of its first operand, handed all others where it takes them; `max`, `min` and `hypot`
 * two by two where it takes one. It must not know how calls are written.
 */
import type ts from 'typescript'
import type { Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { catalogue } from '../report/diagnostics.ts'
import { isFolded, type Site } from '../syntax/syntax.ts'
import {
  type Fault,
  isFault,
  methodNamed,
  methods,
  misfit,
  namedByAll,
  notNamed,
  type Operands,
  type Resolution,
  severalMethods,
  takesAll,
  type Verdict,
} from './meaning.ts'
import { misfitOf, resolveBinary, runTimeFault } from './pairs.ts'
import type { Part, Reader } from './tables.ts'

type MathSite = Extract<Site, { form: 'math' }>

export function resolveMath(
  ts: TypeScript,
  reader: Reader,
  site: MathSite,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Verdict {
  const { key, node } = site
  if (node.arguments.some(ts.isSpreadElement)) return resolveSpread(ts, reader, site, operands, types, file)
  if (operands.length === 1) return resolveOne(reader, site, operands[0]!, types, file)
  if (operands.length === 2) return resolveBinary(reader, key, operands[0]!, operands[1]!, types)
  const whole = resolveWhole(reader, site, operands, types)
  if (whole || !isFolded(site)) return whole ?? misfit(reader, key, types, operands.findIndex(hasObject))
  return resolveFold(reader, site, operands, types, file)
}

const hasObject = (parts: readonly Part[]) => parts.some(({ kind }) => kind === 'operators')
const isPlainPart = ({ kind }: Part) => kind === 'number' || kind === 'any'

function resolveOne(
  reader: Reader,
  site: MathSite,
  parts: readonly Part[],
  types: readonly Type[],
  file: ts.SourceFile,
): Verdict {
  const { key, name, node } = site
  const found = methods(parts, 'direct', key)
  const [method] = found
  if (!method || parts.some(part => part.kind === 'operators' && !methodNamed(part, 'direct', key)))
    return notNamed(reader, key, [parts], types)
  const ambiguous = severalMethods(key, found, types[0]!, reader)
  if (ambiguous) return ambiguous
  const wanting = parts.find(({ table, type }) => table && !reader.takes(type, method, 0))
  // the largest of one is that one
  if (wanting && (name === 'max' || name === 'min')) return { kind: 'fold', method, reflected: '', calls: false }
  if (wanting && name === 'hypot') {
    const text = node.arguments[0]!.getText(file)
    const written = namedByAll(parts, 'direct', 'Math.abs') ? `Math.abs(${text})` : `Math.hypot(${text}, 0)`
    return { entry: catalogue.lengthOfOne, args: [key, method, reader.show(wanting.type), written], at: 'operator' }
  }
  if (namedByAll(parts, 'direct', key)) return { kind: 'method', method }
  const fits = parts.every(part => isPlainPart(part) || part.table)
  return fits ? { kind: 'dispatch', method, reflected: '' } : misfit(reader, key, types, 0)
}

/** A spread of any length is handed to a method that takes any number of operands; nothing else can be written for it. */
function resolveSpread(
  ts: TypeScript,
  reader: Reader,
  { key, node }: MathSite,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Verdict {
  const [first] = node.arguments
  const found = methods(operands[0]!, 'direct', key)
  const [method] = found
  const isHanded = method && found.size === 1 && !ts.isSpreadElement(first!) && namedByAll(operands[0]!, 'direct', key)
  if (isHanded && operands[0]!.every(({ type }) => reader.takes(type, method, Number.POSITIVE_INFINITY)))
    return { kind: 'method', method }
  if (methods(operands.flat(), 'direct', key).size === 0) return notNamed(reader, key, operands, types)
  const texts = node.arguments.map(each => each.getText(file))
  const only = texts.length === 1 && ts.isSpreadElement(first!) && first.expression
  const array = only && ts.isLeftHandSideExpression(only) ? only.getText(file) : `[${texts.join(', ')}]`
  const call = `${array}.reduce((u, v) => ${key}(u, v))`
  const shown = reader.show(types[operands.findIndex(hasObject)]!)
  return { entry: catalogue.spreadArgument, args: [key, shown, call], at: 'operator' }
}

/** One call that takes all operands: of the first one, or of whichever is an object first at run time. */
function resolveWhole(reader: Reader, site: MathSite, operands: Operands, types: readonly Type[]): Verdict | undefined {
  const { key } = site
  const [first, ...rest] = operands as [readonly Part[], ...Operands]
  const direct = methods(operands.flat(), 'direct', key)
  const reflected = methods(operands.slice(1).flat(), 'reflected', key)
  const [method] = methods(first, 'direct', key)
  if (method && namedByAll(first, 'direct', key)) {
    const ambiguous = severalMethods(key, methods(first, 'direct', key), types[0]!, reader)
    if (ambiguous) return ambiguous
    const isTaken = first.every(({ type }) => reader.takes(type, method, rest.length))
    const fits = takesAll(reader, first, method, rest.flat())
    return !isFolded(site) || (isTaken && fits) ? { kind: 'method', method } : undefined
  }
  const [anyMethod = ''] = direct
  const [turned = ''] = reflected
  const isOne = direct.size < 2 && reflected.size < 2
  return isOne && takesWhole(reader, site, operands, anyMethod)
    ? { kind: 'dispatch', method: anyMethod, reflected: turned }
    : undefined
}

/** Whether at run time the first object, wherever it stands, takes the plain operands before it and all that follow. */
function takesWhole(reader: Reader, site: MathSite, operands: Operands, method: string): boolean {
  const { key } = site
  let before: readonly Part[] = []
  for (const [i, parts] of operands.entries()) {
    const objects = parts.filter(({ table }) => table)
    if (!parts.every(part => isPlainPart(part) || part.table)) return false
    if (i > 0 && objects.length > 0) {
      const isTaken = (object: Part) => {
        const turned = methodNamed(object, 'reflected', key)
        return turned !== undefined && takesAll(reader, [object], turned, before)
      }
      if (!isFolded(site) || !objects.every(isTaken)) return false
    }
    const heads = i === 0 ? objects : reader.result(key, before, objects)
    const later = operands.slice(i + 1)
    const takesLater = (head: Part) =>
      methodNamed(head, 'direct', key) === method &&
      reader.takes(head.type, method, later.length) &&
      takesAll(reader, [head], method, later.flat())
    if (objects.length > 0 && later.length > 0 && !heads.every(takesLater)) return false
    if (objects.length === parts.length) return true
    before = parts.filter(isPlainPart)
  }
  return true
}

/** Two by two, from the left. */
function resolveFold(
  reader: Reader,
  { key, node }: MathSite,
  operands: Operands,
  types: readonly Type[],
  file: ts.SourceFile,
): Verdict {
  const links: Resolution[] = []
  let wrong: Fault | undefined
  for (const { left, right, at } of pairsOf(reader, key, operands)) {
    const shown = at === 1 ? types.slice(0, 2) : [left[0]!.type, types[at]!]
    const verdict = resolvePair(reader, key, left, right, shown)
    const placed = (fault: Fault): Fault => ({ ...fault, at: fault.at === 1 ? at : 'operator' })
    if (isFault(verdict)) return placed(verdict)
    links.push(verdict)
    // what TypeScript reports where a call is written
    const refused = verdict.kind === 'method' ? misfitOf(reader, key, left, right, shown) : undefined
    wrong ??= refused && placed(refused)
  }
  const all = (side: 'method' | 'reflected') => new Set(links.map(link => namesOf(link)[side]).filter(Boolean))
  const [method = ''] = all('method')
  const [reflected = ''] = all('reflected')
  const calls = links.every(({ kind }) => kind === 'method')
  if (wrong && !calls) return wrong
  const fold: Resolution = { kind: 'fold', method, reflected, calls }
  if (all('method').size < 2 && all('reflected').size < 2 && (calls || !foldFault(reader, key, operands, types, fold)))
    return fold
  const texts = node.arguments.map(each => each.getText(file))
  const nested = texts.reduce((u, v) => `${key}(${u}, ${v})`)
  return { entry: catalogue.nestCalls, args: [key, nested], at: 'operator' }
}

/** The pairs of a fold: what there is so far, and the next operand, which is the one at this index. */
function* pairsOf(reader: Reader, key: string, operands: Operands) {
  let left = operands[0]!
  for (const [i, right] of operands.slice(1).entries()) {
    yield { left, right, at: i + 1 }
    left = reader.result(key, left, right)
  }
}

function resolvePair(
  reader: Reader,
  key: string,
  left: readonly Part[],
  right: readonly Part[],
  types: readonly Type[],
): Verdict {
  if (hasObject(left) || hasObject(right)) return resolveBinary(reader, key, left, right, types)
  return [...left, ...right].every(isPlainPart)
    ? { kind: 'native' }
    : misfit(reader, key, types, left.every(isPlainPart) ? 1 : 0)
}

function namesOf(resolution: Resolution): { readonly method?: string; readonly reflected?: string } {
  switch (resolution.kind) {
    case 'method':
      return { method: resolution.method }
    case 'reflected':
      return { reflected: resolution.method }
    case 'dispatch':
      return resolution
    default:
      return {}
  }
}

/** The fault of operands for which the helper at run time would not do, two by two, what their types say. */
export function foldFault(
  reader: Reader,
  key: string,
  operands: Operands,
  types: readonly Type[],
  fold: Extract<Resolution, { kind: 'fold' }>,
): Fault | undefined {
  for (const { left, right, at } of pairsOf(reader, key, operands)) {
    if (!hasObject(left) && !hasObject(right)) continue
    const fault = runTimeFault(reader, key, left, right, [left[0]!.type, types[at]!], fold)
    if (fault) return { ...fault, at: fault.at === 1 ? at : 'operator' }
  }
  return undefined
}
