/** A library packed with compiled derivatives: what a project gets of it that has no transformer, and a page that forbids eval. */
import { spawn } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { complaintsOf, launched, serve, there } from '../chromium.ts'
import { installed, Project, run, tsconfig } from './project.ts'

const library = new Project({
  'package.json': JSON.stringify({
    ...{ name: 'curves', version: '1.0.0', type: 'module', files: ['out'], peerDependencies: { tsgrad: '*' } },
    exports: { '.': { types: './out/index.d.ts', default: './out/index.js' } },
  }),
  'src/bowl.ts': 'export const bowl = (x: number, at: number): number => (x - at) ** 2\n',
  'src/index.ts': `import { type Differentiable, grad } from 'tsgrad'
import { bowl } from './bowl.js'

const compiled = (f: Differentiable<(x: number[]) => number, 'grad' | 'jvp' | 'hvp'>) => f
export const valley = compiled(x => {
  let sum = 0
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * bowl(x[i + 1]!, x[i]! ** 2) + bowl(x[i]!, 1)
  return sum
})
/** The gradient of the valley. */
export const slope = grad(valley)
export function descend(f: Differentiable<(x: number) => number>, x: number): number {
  const slope = grad(f)
  for (let i = 0; i < 200; i++) x -= 0.1 * slope(x)
  return x
}
`,
})

const using = `import { grad, hessian, hvp, jvp, valueAndGrad } from 'tsgrad'
import { slope, valley } from 'curves'
export const shown = JSON.stringify([
  slope([1, 2]),
  valueAndGrad(valley)([1, 2]),
  jvp(valley)([1, 2], [1, 0]),
  hvp(valley)([1, 2], [1, 0]),
  hessian(valley)([1, 2]),
  grad(valley)([2, 4, 16]),
])
`
const expected = JSON.stringify([
  [-400, 200],
  [100, [-400, 200]],
  [100, -400],
  [402, -400],
  [
    [402, -400],
    [-400, 200],
  ],
  [2, 6, 0],
])
const plain = { plugins: undefined, lib: ['es2023', 'dom'], skipLibCheck: false }
const consumer = new Project(
  {
    'package.json': JSON.stringify({
      ...{ name: 'consumer', type: 'module', private: true },
      dependencies: { curves: 'file:curves-1.0.0.tgz' },
    }),
    'tsconfig.json': tsconfig(plain),
    'src/use.ts': using,
    'src/main.ts': "import { shown } from './use.js'\nconsole.log(shown)\n",
    'src/own.ts': `import { descend } from 'curves'
console.log(descend(x => (Number.isFinite(x) ? (x - 3) ** 2 : 0), 0).toFixed(4))
`,
    'src/page.ts': `import { shown } from './use.js'
let isForbidden = false
try { new Function('return 1')() } catch { isForbidden = true }
document.querySelector('p')!.textContent = String(isForbidden) + ' ' + shown
`,
    'page/index.html': `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src data:">
<link rel="icon" href="data:,"><p></p><script type="module" src="page.js"></script>
`,
  },
  {},
)
const npm = (folder: string, ...args: string[]) =>
  run(spawn('npm', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }))

beforeAll(async () => {
  expect(await library.tspc()).toEqual({ status: 0, output: '' })
  expect(await npm(library.root, 'pack', '--pack-destination', consumer.root)).toMatchObject({ status: 0 })
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--omit=optional']
  expect(await npm(consumer.root, 'install', ...options)).toMatchObject({ status: 0 })
  // not by npm, which would install what the repository itself needs
  for (const name of ['tsgrad', 'typescript'] as const)
    symlinkSync(installed[name]!, join(consumer.root, 'node_modules', name))
}, 300_000)

test('the package declares its functions Differentiable, and holds their derivatives as code', () => {
  const files = Object.keys(consumer.all('node_modules/curves'))
  expect(files.filter(name => name.endsWith('.ts'))).toEqual(['out/bowl.d.ts', 'out/index.d.ts'])
  const declared = consumer.read('node_modules/curves/out/index.d.ts')
  expect(declared).toMatch(/valley: \(\(x: number\[\]\) => number\) & \{|valley: Differentiable</)
  expect(declared).toContain('f: Differentiable<(x: number) => number>')
  const text = consumer.read('node_modules/curves/out/index.js')
  for (const kind of ['grad', 'jvp', 'hvp']) expect(text).toContain(`${kind}: (`)
})

describe('in a project without a transformer', () => {
  beforeAll(async () => {
    expect(await consumer.tsc()).toEqual({ status: 0, output: '' })
  }, 120_000)

  test('its gradients are there, and its functions have all derivatives', async () => {
    expect(await consumer.node('out/main.js')).toEqual({ status: 0, output: `${expected}\n` })
  })

  test('a function of the project itself, which nobody compiled, throws', async () => {
    const { status, output } = await consumer.node('out/own.js')
    expect(status).toBe(1)
    expect(output).toMatch(/TypeError: grad: .*tsgrad did not compile it|JavaScript asked a NumberWithGrad/)
  })

  there('a page that forbids eval has them', async () => {
    const root = consumer.root
    await build({
      ...{ entryPoints: [join(root, 'out/page.js')], outfile: join(root, 'page/page.js') },
      ...{ bundle: true, format: 'esm', logLevel: 'silent' },
    })
    const served = await serve(join(root, 'page'), '/')
    const browser = await launched()
    try {
      const page = await browser.newPage()
      const complaints = complaintsOf(page, served)
      await page.goto(served.url)
      await expect.poll(() => page.locator('p').textContent(), { timeout: 30_000 }).toBe(`true ${expected}`)
      // of what the page tried itself
      expect(complaints.filter(each => !each.includes('script-src'))).toEqual([])
    } finally {
      await browser.close()
      served.close()
    }
  })

  test('with the transformer, it compiles what it hands to the library', async () => {
    symlinkSync(installed['ts-patch']!, join(consumer.root, 'node_modules/ts-patch'))
    const own = ['src/use.ts', 'src/main.ts', 'src/own.ts']
    const options = { lib: ['es2023', 'dom'], outDir: 'compiled' }
    consumer.write({ 'tsconfig.compiled.json': tsconfig(options, { include: own }) })
    expect(await consumer.tspc('-p', 'tsconfig.compiled.json')).toEqual({ status: 0, output: '' })
    expect(await consumer.node('compiled/own.js')).toEqual({ status: 0, output: '3.0000\n' })
    expect(await consumer.node('compiled/main.js')).toEqual({ status: 0, output: `${expected}\n` })
  })

  test('derivatives of another protocol throw', async () => {
    const file = 'node_modules/curves/out/index.js'
    const text = consumer.read(file)
    consumer.write({ [file]: text.replace(/\}, 2\)/g, '}, 1)') })
    const { status, output } = await consumer.node('out/main.js')
    consumer.write({ [file]: text })
    expect(status).toBe(1)
    expect(output).toContain('was compiled for version 1 of compiled derivatives, and this tsgrad has version 2')
    expect(output).toContain('Compile both with one version of tsgrad.')
  })
})
