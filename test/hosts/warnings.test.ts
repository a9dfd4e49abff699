/** A warning is printed by whoever builds, once for its place, and ends no build. */
import { build as esbuild } from 'esbuild'
import { rollup } from 'rollup'
import { expect, test } from 'vitest'
import { requireBuilt } from '../built.ts'
import { Project, run, tsconfig } from './project.ts'

requireBuilt()

/** As they are built: a clean clone, whose types are checked, has none. */
const built = async (name: string) => (await import(`../../dist/transformer/hosts/${name}.js` as string)).default
const [tsgradEsbuild, tsgradRollup] = [await built('esbuild'), await built('rollup')]

const project = new Project({
  'tsconfig.json': tsconfig({ noEmitOnError: true }),
  'src/main.ts': `import { grad } from 'tsgrad'
const cost = (x: number, rate: number) => x * x
console.log(grad(cost)(3, 1).join(' '))
declare const console: { log(text: string): void }
`,
})
const said = "TS94010: The gradient of 'cost' by 'rate' is 0: the result does not depend on it."
const place = 'src/main.ts'

test('tspc prints it, and writes what it compiled', async () => {
  const { status, output } = await project.tspc()
  expect(status).toBe(0)
  expect(output).toMatch(/^src\/main\.ts\(2,26\): warning TS94010: The gradient of 'cost' by 'rate' is 0/)
  expect(output.split('\n').length).toBe(2)
  expect(await project.node('out/main.js')).toEqual({ status: 0, output: '6 0\n' })
})

test('the command too', async () => {
  const { status, output } = await run(project.start('node_modules/tsgrad/dist/command/main.js', 'build', '--noEmit'))
  expect(output).toContain(`${place}(2,26): warning ${said}`)
  expect(status).toBe(0)
})

test('bundlers hand it on', async () => {
  const entry = `${project.root}/src/main.ts`
  const { warnings } = await esbuild({
    absWorkingDir: project.root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    logLevel: 'silent',
    format: 'esm',
    plugins: [tsgradEsbuild({ tsconfig: `${project.root}/tsconfig.json` })],
  })
  expect(warnings.map(({ text, location }) => [text.includes(said), location?.line, location?.column])).toEqual([
    [true, 2, 25],
  ])
  const heard: string[] = []
  await rollup({
    input: entry,
    external: /^tsgrad/,
    plugins: [tsgradRollup({ tsconfig: `${project.root}/tsconfig.json` })],
    onwarn: ({ message }) => heard.push(message),
  }).catch(() => {}) // nothing here removes types
  expect(heard.filter(each => each.includes(said)).length).toBe(1)
})
