/**
 * `+` of each two unions of strings, numbers, classes and null: each two values are joined, added or handed to the method that takes them, or the
 * program is refused. A full run takes all pairs.
 */
import { expect, test } from 'vitest'
import { catalogue } from '../transformer/report/diagnostics.ts'
import { compile, run } from './compile.ts'
import { sampled } from './formats.ts'
import { seed } from './random.ts'

/** Of each class: the method for `+` with what it takes, and the reflected one. */
const classes = {
  V: { direct: ['V', 'number'], reflected: ['number'] },
  M: { direct: undefined, reflected: undefined },
  R: { direct: undefined, reflected: ['V', 'number', 'M'] },
  T: { direct: ['string', 'T'], reflected: undefined },
}
type Name = keyof typeof classes
const values: Readonly<Record<string, string>> = {
  string: "'s'",
  number: '3',
  null: 'null',
  ...Object.fromEntries(Object.keys(classes).map(name => [name, `new ${name}()`])),
}
const singles = Object.keys(values)
const unions = singles.flatMap((each, i) => [[each], ...singles.slice(0, i).map(other => [other, each])])
const cases = sampled(
  unions.flatMap(left => unions.map(right => [left, right] as const)),
  seed,
)

const textOfClass = (name: Name) => {
  const { direct, reflected } = classes[name]
  const table = [direct && "'+': 'add'", reflected && "reflected: { '+': 'radd' }", "'-': 'sub'"]
  return `export class ${name} {
  declare readonly [operators]: { ${table.filter(Boolean).join('; ')} }
  readonly is${name} = true
  sub(o: ${name}) { return o }
  ${direct ? `add(o: ${direct.join(' | ')}): string { return '${name}.add ' + String(o) }` : ''}
  ${reflected ? `radd(o: ${reflected.join(' | ')}): string { return '${name}.radd ' + String(o) }` : ''}
  toString() { return '${name}' }
  [Symbol.toPrimitive] = rejectNativeOperators('${name}')
}
`
}

const shownOf = (name: string) => (name === 'string' ? 's' : name === 'number' ? '3' : name)

/** A text that may be missing: null is joined as JavaScript joins it. */
const isOfText = (union: readonly string[]) =>
  union.includes('string') && union.every(name => ['string', 'null'].includes(name))

/** What two values give; undefined where neither a class nor JavaScript says it of these types. */
function oracle(left: string, right: string): string | number | undefined {
  const [l, r] = [classes[left as Name], classes[right as Name]]
  if (l?.direct?.includes(right)) return `${left}.add ${shownOf(right)}`
  if (left === 'string' || right === 'string') return shownOf(left) + shownOf(right)
  if (r?.reflected?.includes(left)) return `${right}.radd ${shownOf(left)}`
  return left === 'number' && right === 'number' ? 6 : undefined
}

/** Refused although each two values have a meaning: the left class has a method that does not take all that is on the right. */
function isLeftToPeople(left: readonly string[], right: readonly string[]): boolean {
  const misses = (name: string) => {
    const direct = classes[name as Name]?.direct
    return direct !== undefined && right.some(each => each !== 'null' && !direct.includes(each))
  }
  const isAbsent = [...left, ...right].includes('null') && left.some(name => classes[name as Name]?.direct)
  return isAbsent || left.some(misses)
}

const head = `import { operators, rejectNativeOperators } from 'tsgrad'\n${Object.keys(classes)
  .map(name => textOfClass(name as Name))
  .join('')}`
const lines = cases.flatMap(([left, right], i) => {
  const [l, r] = [left.join(' | '), right.join(' | ')]
  const calls = left.map(a => `[${right.map(b => `() => f${i}(${values[a]}, ${values[b]})`).join(', ')}]`)
  return [`const f${i} = (l: ${l}, r: ${r}) => l + r`, `export const p${i} = [${calls.join(', ')}]`]
})

test(`${cases.length} pairs of unions (SEED=${seed})`, () => {
  const { diagnostics, lowered } = compile({ 'main.ts': `${head}${lines.join('\n')}\n` }, { declaration: false })
  const first = head.split('\n').length - 1
  const refused = new Set<number>()
  for (const { file, start, code } of diagnostics) {
    if (code === catalogue.deadEntry.code) continue
    refused.add((file!.getLineAndCharacterOfPosition(start!).line - first) / 2)
  }
  const module = run(lowered()) as Record<string, (() => unknown)[][]>
  let computed = 0
  for (const [i, [left, right]] of cases.entries()) {
    const isPlain = ![...left, ...right].some(name => name in classes)
    const isText = [left, right].some(union => isOfText(union))
    const expected = left.map(l => right.map(r => oracle(l, r) ?? (isText ? shownOf(l) + shownOf(r) : undefined)))
    const all = expected.flat()
    const shown = `${left.join(' | ')} + ${right.join(' | ')}`
    if (isPlain) continue
    if (refused.has(i)) {
      if (!all.includes(undefined)) expect(isLeftToPeople(left, right), `${shown} is refused`).toBe(true)
      continue
    }
    expect(all.includes(undefined), `${shown} is not refused`).toBe(false)
    expect(
      module[`p${i}`]!.map(row => row.map(f => f())),
      shown,
    ).toEqual(expected)
    computed++
  }
  expect(computed).toBeGreaterThan(5)
})
