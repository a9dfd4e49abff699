/** Builds by TypeScript 7 that run beside one another, and builds that are stopped: outputs are whole, and nothing is left. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Files, installed, Project, run, tsconfig } from '../hosts/project.ts'
import { typescripts } from '../hosts/typescripts.ts'
import { MAIN } from './compilers.ts'

const COUNT = 120
const sources = Object.fromEntries(
  Array.from({ length: COUNT }, (_, i) => [
    `src/part${i % 7}/m${i}.ts`,
    `import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(${i})\nexport const b = a * 2 + ${i}\n`,
  ]),
)
const layouts = { 'a folder of outputs': {}, 'an incremental build': { incremental: true } }
const natives = typescripts.filter(({ isNative }) => isNative)
const cases = natives.flatMap(each => Object.entries(layouts).map(([name, more]) => ({ ...each, name, more })))

describe.each(cases)('TypeScript $release, $name', ({ folder, more }) => {
  const made = () =>
    new Project(
      { ...sources, 'tsconfig.json': tsconfig({ sourceMap: true, declarationMap: true, ...more }) },
      { ...installed, typescript: folder, 'ts-patch': undefined },
    )
  const project = made()
  let wanted: Files
  beforeAll(async () => {
    expect(await project.node(MAIN, 'build')).toEqual({ status: 0, output: '' })
    wanted = outputs(project)
    expect(Object.keys(wanted).length).toBeGreaterThanOrEqual(4 * COUNT)
  })

  test('three at once write what one writes', async () => {
    await fromScratch(project)
    const runs = await Promise.all([0, 1, 2].map(() => project.node(MAIN, 'build')))
    expect(runs).toEqual(runs.map(() => ({ status: 0, output: '' })))
    expect(outputs(project)).toEqual(wanted)
    expect(leftIn(project)).toEqual([])
  })

  test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('%s at any moment', async signal => {
    for (let round = 0; round < 3; round++) {
      await fromScratch(project)
      const child = project.start(MAIN, 'build')
      const done = run(child)
      // when it writes, or while it checks
      if (round > 0) await started(project)
      await new Promise(resolve => setTimeout(resolve, Math.random() * 150))
      child.kill(signal)
      const { output } = await done
      expect(output).toBe('')
      expect(readdirSync(project.root).filter(name => name.startsWith('.'))).toEqual([])
      const found = project.exists('out') ? outputs(project) : {}
      for (const [name, text] of Object.entries(found)) expect([name, text]).toEqual([name, wanted[name]])
      if (signal !== 'SIGKILL') expect(leftIn(project)).toEqual([])
    }
    expect((await project.node(MAIN, 'build')).status).toBe(0)
    expect(outputs(project)).toEqual(wanted)
    expect(leftIn(project)).toEqual([])
  })
})

/** Where the outputs are gone, what an incremental build knows of them is, too. */
async function fromScratch(project: Project): Promise<void> {
  rmSync(join(project.root, 'tsconfig.tsbuildinfo'), { force: true })
  const end = Date.now() + 10_000
  while (project.exists('out')) {
    try {
      rmSync(join(project.root, 'out'), { recursive: true })
    } catch (fault) {
      // The compiler of a killed command writes its stage to the end, and rmSync reads a folder once only.
      if (Date.now() > end) throw fault
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

const isOwn = (name: string) => name.split('/').some(part => part.startsWith('.tsgrad-'))
const isInfo = (name: string) => name.endsWith('.tsbuildinfo')

const outputs = (project: Project): Files =>
  Object.fromEntries(Object.entries(project.all('out')).filter(([name]) => !isOwn(name) && !isInfo(name)))

const leftIn = (project: Project) =>
  ['src', 'out'].filter(name => project.exists(name)).flatMap(name => Object.keys(project.all(name)).filter(isOwn))

async function started(project: Project): Promise<void> {
  const end = Date.now() + 10_000
  while (!project.exists('out') && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 5))
}
