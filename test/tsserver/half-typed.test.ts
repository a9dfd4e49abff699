/**
 * A program typed character by character, through the real server. The same text is typed into a second project, where its numbers and
 * vectors are plain numbers: no state may have an error that plain numbers do not have at the same place.
 */
import { afterAll, describe, expect, test } from 'vitest'
import { Editor } from './editor.ts'
import { COMPILERS, type Diagnostic } from './server.ts'

/** What the program imports, for both projects. */
const tracked = `import { NumberWithGrad, type operators } from 'tsgrad'
export type Num = NumberWithGrad
export const num = (value: number): Num => new NumberWithGrad(value)
export class Vec {
  declare readonly [operators]: { '+': 'add'; '-': 'sub'; '*': 'scale'; 'unary -': 'neg'; reflected: { '*': 'scale' } }
  constructor(readonly x: number, readonly y: number) {}
  add(other: Vec): Vec { return new Vec(this.x + other.x, this.y + other.y) }
  sub(other: Vec): Vec { return new Vec(this.x - other.x, this.y - other.y) }
  scale(by: number): Vec { return new Vec(this.x * by, this.y * by) }
  neg(): Vec { return new Vec(-this.x, -this.y) }
}
export const vec = (x: number, y: number): Vec => new Vec(x, y)
export const print = (...values: readonly (string | number | Num | Vec)[]): void => void values
export const gradient = (result: Num, by: Num): number => (result.backward(), by.grad ?? 0)
`
const plain = `export type Num = number
export const num = (value: number): Num => value
export type Vec = number
export const vec = (x: number, y: number): Vec => x + y
export const print = (...values: readonly (string | number | Num | Vec)[]): void => void values
export const gradient = (result: Num, by: Num): number => result + by
`

const program = `import { gradient, type Num, num, print, type Vec, vec } from './numbers.js'

/** A quadratic with its lowest point at one. */
export function parabola(x: Num, scale: number) {
  const shifted = x - 1
  return shifted * shifted * scale + 2
}

const a = num(3)
let b = a * 4 + 3
b += a / 2
b *= 2 - a
b++
const c = (-b) ** 2 + (a - 1) * (b % 3)
print('c', c, \`\${a.toString()} and \${c * 2}\`)

export const isLarge = c > 10 || a * b <= 7
const larger = isLarge ? a * 2 : b + 1
const list = [a, b * 2, parabola(c, 0.5), larger]
let total = num(0)
for (const each of list) {
  if (each > 3) continue
  total = total + each * each
}
for (let i = 0; i < list.length; i++) total += list[i]! * i

interface Line {
  readonly slope: Num
  readonly offset: Num
}
const line: Line = { slope: a * 2, offset: b - 1 }
const { slope, offset } = line
const at = (x: number) => slope * x + offset
const points = [1, 2, 3].map(x => ({ x, y: at(x) }))
const squares = points.map(({ x, y }) => (y - x) * (y - x))
const loss = squares.reduce((sum, each) => sum + each, num(0)) / squares.length

class Model {
  rate = 0.1
  constructor(public weight: Num) {}
  step(loss: Num): void {
    this.weight = this.weight - gradient(loss, this.weight) * this.rate
    this.weight -= 1e-3
  }
}
const model = new Model(a + 1)
for (let epoch = 0; epoch < 10; epoch++) {
  model.step(Math.tanh(model.weight * 2) + Math.exp(-model.weight))
}

let place: Vec = vec(1, 2)
const speed = vec(3, 4) * 0.5
place += speed * 2 - -speed
place = 2 * place
const maybe: Num | undefined = list[1]
if (maybe) print(maybe * 2, maybe ?? a)
switch (true) {
  case a < 1: print('low', a - 1); break
  default: print(gradient(loss * a, a), place)
}
print(typeof a === 'object' ? 'tracked' : 'plain', total / 2)
`

/** Every so many characters all errors are asked for: 1 for each state. */
const STEP = Number(process.env.STEP ?? 1)

/** What is so of vectors at the moment, though not of numbers: `place = 2` before `* place`. */
const isTrue = ({ text }: Diagnostic) => text === "Type 'number' is not assignable to type 'Vec'."

type Found = readonly Diagnostic[]
const place = ({ start, end, code, text }: Diagnostic) =>
  `${start.line}:${start.offset}-${end.line}:${end.offset} TS${code} ${text}`
const before = (u: { line: number; offset: number }, v: { line: number; offset: number }) =>
  u.line < v.line || (u.line === v.line && u.offset < v.offset)
const overlap = (u: Diagnostic, v: Diagnostic) => !before(u.end, v.start) && !before(v.end, u.start)

const errorsIn = ({ syntaxDiag, semanticDiag }: Awaited<ReturnType<Editor['server']['errors']>>): Found => [
  ...syntaxDiag,
  ...semanticDiag,
]

/** Two editors in which the same is typed. */
class Pair {
  readonly editors: readonly Editor[]
  constructor(compiler: string, text: string) {
    this.editors = [tracked, plain].map(
      (numbers, i) => new Editor({ 'numbers.ts': numbers, 'main.ts': text }, { compiler, plugin: i === 0 }),
    )
  }
  async errors(): Promise<readonly [Found, Found]> {
    const [mine, theirs] = await Promise.all(this.editors.map(each => each.server.errors(each.path('main.ts'))))
    return [errorsIn(mine!), errorsIn(theirs!)]
  }
}

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  const pair = new Pair(compiler, '')
  afterAll(() => pair.editors.map(each => each.close()))

  test('no state of a program that is being typed has an error that plain numbers would not have there', async () => {
    const wrong: string[] = []
    let [silent, same] = [0, 0]
    for (let end = 1; end <= program.length; end++) {
      for (const each of pair.editors) each.type('main.ts', program[end - 1]!)
      if (end % STEP && end < program.length) continue
      const [mine, theirs] = await pair.errors()
      for (const each of mine)
        if (!isTrue(each) && !theirs.some(other => overlap(each, other)))
          wrong.push(`${JSON.stringify(program.slice(0, end).split('\n').at(-1))} ${place(each)}`)
      if (mine.length === theirs.length) same++
      else if (mine.length === 0) silent++
    }
    expect(wrong).toEqual([])
    // the states are not free of errors because nothing is looked at
    const states = Math.floor(program.length / STEP)
    expect(same).toBeGreaterThan(states * 0.9)
    expect(silent).toBeLessThan(states * 0.02)
  }, 1_200_000)
})
