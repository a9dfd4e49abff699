/**
 * Random programs whose operands log themselves: what the transformer writes evaluates them as JavaScript does, once and in order.
 * The twin is an interpreter of the same tree, which calls the methods as a person would have written them.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dispatchBinary, NumberWithGrad, type Numeric } from '../runtime/index.ts'
import { compile, run, shown } from './compile.ts'
import { expectOneTree, sampledForms } from './formats.ts'
import { countOr, seed } from './random.ts'

const PROGRAMS = countOr(80)

const methods = { '+': 'add', '-': 'sub', '*': 'mul' } as const
type Operator = keyof typeof methods

/** What the programs work on: `o.p` is reached through a function, an accessor pair and a variable. */
interface World {
  readonly log: string[]
  v: Numeric
  readonly o: { p: NumberWithGrad; list: NumberWithGrad[] }
  tracked(name: string): NumberWithGrad
  plain(name: string): number
}
type Tree = { readonly text: string; readonly run: (world: World) => Numeric }

function apply(operator: Operator, left: Numeric, right: Numeric): Numeric {
  return dispatchBinary(operator, methods[operator], `r${methods[operator]}`, left, right)
}

const operator = fc.constantFrom<Operator>('+', '-', '*')
const name = fc.stringMatching(/^[a-z]{3}$/)
const binary = (left: fc.Arbitrary<Tree>, right: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.tuple(left, operator, right).map(([l, op, r]) => ({
    text: `(${l.text}) ${op} (${r.text})`,
    run: world => apply(op, l.run(world), r.run(world)),
  }))
const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>(tie => ({
  leaf: fc.oneof(
    name.map((id): Tree => ({ text: `tracked('${id}')`, run: world => world.tracked(id) })),
    name.map((id): Tree => ({ text: `plain('${id}')`, run: world => world.plain(id) })),
    fc.constant<Tree>({ text: 'v', run: world => world.v }),
    fc.constant<Tree>({ text: 'o.p', run: world => world.o.p }),
    fc.constant<Tree>({ text: '3', run: () => 3 }),
  ),
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'large' },
    tie('leaf'),
    // more often than the rest: an operator's own order is seen where its operands log
    { weight: 4, arbitrary: binary(tie('tree'), tie('tree')) },
    { weight: 4, arbitrary: binary(tie('leaf'), tie('leaf')) },
    fc.tuple(operator, tie('tree')).map(
      ([op, r]): Tree => ({
        text: `(v ${op}= ${r.text})`,
        run(world) {
          const old = world.v
          return (world.v = apply(op, old, r.run(world)))
        },
      }),
    ),
    fc.tuple(operator, tie('tree')).map(
      ([op, r]): Tree => ({
        text: `(at('o').p ${op}= ${r.text})`,
        run(world) {
          world.log.push('o')
          const old = world.o.p
          return (world.o.p = apply(op, old, r.run(world)) as NumberWithGrad)
        },
      }),
    ),
    fc.tuple(fc.constantFrom(0, 1), operator, tie('tree')).map(
      ([k, op, r]): Tree => ({
        text: `(at('list').list[key(${k})]! ${op}= ${r.text})`,
        run(world) {
          world.log.push('list', `key ${k}`)
          const old = world.o.list[k]!
          return (world.o.list[k] = apply(op, old, r.run(world)) as NumberWithGrad)
        },
      }),
    ),
    fc.constant<Tree>({
      text: "at('post').p++",
      run(world) {
        world.log.push('post')
        const old = world.o.p
        world.o.p = old.add(1)
        return old
      },
    }),
    fc.constant<Tree>({ text: '(--v)', run: world => (world.v = apply('-', world.v, 1)) }),
    fc.constant<Tree>({
      text: 'v++',
      run(world) {
        const old = world.v
        world.v = apply('+', old, 1)
        return old
      },
    }),
    tie('tree').map((e): Tree => ({ text: `Math.sin(${e.text})`, run: world => apply('*', 1, sin(e.run(world))) })),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(
      ([c, u, w]): Tree => ({
        text: `((${c.text}) < 1 ? (${u.text}) : (${w.text}))`,
        run: world => (Number(primal(c.run(world))) < 1 ? u.run(world) : w.run(world)),
      }),
    ),
  ),
}))

const primal = (x: Numeric) => (x instanceof NumberWithGrad ? x.num : x)
const sin = (x: Numeric): Numeric => (x instanceof NumberWithGrad ? x.sin() : Math.sin(x))

function newWorld(): World & { leaves: NumberWithGrad[]; at(id: string): World['o']; key(k: number): number } {
  const leaves = [0.3, -0.7, 1.1, 0.9].map(x => new NumberWithGrad(x))
  const log: string[] = []
  let p = leaves[1]!
  return {
    log,
    leaves,
    v: leaves[0]!,
    o: {
      get p() {
        log.push('get p')
        return p
      },
      set p(value) {
        log.push('set p')
        p = value
      },
      list: [leaves[2]!, leaves[3]!],
    },
    tracked: id => (log.push(id), leaves[id.charCodeAt(0) % 4]!),
    plain: id => (log.push(id), (id.charCodeAt(1) % 5) - 2),
    at(id) {
      log.push(id)
      return this.o
    },
    key: k => (log.push(`key ${k}`), k),
  }
}

/** What can be seen of a run: the log, the result, all state, and the gradients of the sum of it all. */
function outcome(world: ReturnType<typeof newWorld>, result: Numeric): unknown[] {
  const log = [...world.log]
  const state = [result, world.v, world.o.p, ...world.o.list]
  let sum: Numeric = 0
  for (const each of state) sum = apply('+', sum, each)
  if (sum instanceof NumberWithGrad) sum.backward()
  return [log, state.map(primal), world.leaves.map(({ grad }) => grad)]
}

const moduleOf = (trees: readonly Tree[]) => `import type { Numeric, NumberWithGrad } from 'tsgrad'
interface World { v: Numeric; o: { p: Numeric; list: Numeric[] }; tracked(id: string): NumberWithGrad; plain(id: string): number
  at(id: string): World['o']; key(k: number): number }
${trees
  .map(
    ({ text }, i) => `export function f${i}(world: World): Numeric {
  let { v } = world; const { o, tracked, plain, key } = world; const at = (id: string) => world.at(id)
  void [o, tracked, plain, key, at]
  const result = ${text}
  world.v = v
  return result
}`,
  )
  .join('\n')}`

test(`${PROGRAMS} random programs (SEED=${seed}) evaluate each operand once, in JavaScript's order`, async () => {
  const trees = fc.sample(tree, { numRuns: PROGRAMS, seed })
  const forms = await sampledForms(trees, moduleOf, seed)
  const compiled = compile({ 'main.ts': moduleOf(trees), ...forms })
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expectOneTree(compiled, Object.keys(forms))
  const programs = run(compiled.lowered()) as Record<string, (world: unknown) => Numeric>
  let logged = 0
  for (const [i, each] of trees.entries()) {
    const world = newWorld()
    const twin = newWorld()
    const got = outcome(world, programs[`f${i}`]!(world))
    expect(got, each.text).toEqual(outcome(twin, each.run(twin)))
    logged += twin.log.length
  }
  expect(logged).toBeGreaterThan(2 * PROGRAMS)
})
