/** Modules that an earlier process lowered are what this one would lower them to, whatever has changed on the disk between the two. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeptLowerer } from '../../transformer/hosts/modules/kept-modules.ts'
import { createModuleLowerer, type ModuleLowerer } from '../../transformer/hosts/modules/module-lowering.ts'
import { type FileName, fileNameOf } from '../../transformer/program/file-names.ts'
import { memoryStore } from '../built-again.ts'
import { versions } from '../edited-texts.ts'
import { countOr, seed } from '../random.ts'
import { Project, tsconfig } from './project.ts'

const names = Object.keys(versions)
const options = { module: 'esnext', moduleResolution: 'bundler', allowImportingTsExtensions: true, noEmit: true }
const config = (more: object = {}) => tsconfig({ ...options, rootDir: '.', ...more }, { include: ['.'] })
const configs = [config(), config({ strict: false }), config({ verbatimModuleSyntax: true })]

class Folder {
  readonly project = new Project({ 'tsconfig.json': configs[0]! })
  readonly disk = new Map<string, string>()
  readonly store = memoryStore(this.disk)
  /** How many compilers were needed. */
  compilers = 0

  constructor() {
    for (const name of names) this.write(name, versions[name]![0])
  }

  write(name: string, text: string | undefined): void {
    if (text !== undefined) this.project.write({ [name]: text })
    else if (this.project.exists(name)) this.project.remove(name)
  }

  /** What all modules are in a process of its own. */
  async modules(isKept: boolean) {
    const create: typeof createModuleLowerer = (...args) => {
      this.compilers++
      return createModuleLowerer(...args)
    }
    const lowerer: ModuleLowerer = isKept
      ? createKeptLowerer({}, this.project.root, { store: this.store, quiet: 0, create })
      : createModuleLowerer({}, this.project.root)
    const found = names
      .filter(name => !name.endsWith('.json') && this.project.exists(name))
      .map(name => {
        const { output, mapped, errors, watched } = lowerer.lower(this.path(name), this.project.read(name))
        return { name, output, mapped: output && mapped?.toOriginal({ start: 10, length: 30 }), errors, watched }
      })
    await new Promise(resolve => setTimeout(resolve, 10))
    return found
  }

  path(name: string): FileName {
    return fileNameOf(name, this.project.root)
  }
}

test('a process in which nothing has changed needs no compiler', async () => {
  const folder = new Folder()
  const first = await folder.modules(true)
  expect(first).toEqual(await folder.modules(false))
  expect(folder.compilers).toBe(1)
  expect(await folder.modules(true)).toEqual(first)
  expect(folder.compilers).toBe(1)
})

test('a process holds nothing of what it has written', async () => {
  const before = process.listenerCount('exit')
  const folder = new Folder()
  for (let i = 0; i < 3; i++) await folder.modules(true)
  folder.disk.clear()
  await folder.modules(true)
  expect(process.listenerCount('exit')).toBe(before)
})

test('after any edits a process with kept modules gives what one without them gives', async () => {
  const edit = fc.constantFrom(...names).chain(name => fc.tuple(fc.constant(name), fc.nat(versions[name]!.length - 1)))
  const step = fc.record({ edits: fc.array(edit, { maxLength: 2 }), options: fc.nat(configs.length - 1) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async steps => {
      const folder = new Folder()
      for (const { edits, options } of [{ edits: [], options: 0 }, ...steps]) {
        folder.project.write({ 'tsconfig.json': configs[options]! })
        for (const [name, version] of edits) folder.write(name, versions[name]![version])
        expect(await folder.modules(true)).toEqual(await folder.modules(false))
      }
    }),
    { numRuns: countOr(1), seed },
  )
})

test('modules whose store is cut or wrong in a letter are lowered again', async () => {
  const folder = new Folder()
  const first = await folder.modules(true)
  for (const spoil of [
    (text: string) => text.slice(0, text.length >> 1),
    (text: string) => text.replace('.add(', '.sub('),
  ]) {
    for (const [name, text] of folder.disk) folder.disk.set(name, spoil(text))
    expect(await folder.modules(true)).toEqual(first)
  }
  expect(folder.compilers).toBe(3)
})

test('a module that an edit of another one changes is stale, be it kept', async () => {
  const folder = new Folder()
  await folder.modules(true)
  const lowerer = createKeptLowerer({}, folder.project.root, { store: folder.store, create: createModuleLowerer })
  for (const name of ['uses.ts', 'vec.ts']) lowerer.lower(folder.path(name), folder.project.read(name))
  folder.write('make.ts', versions['make.ts']![2])
  folder.write('vec.ts', versions['vec.ts']![1])
  lowerer.update([folder.path('make.ts'), folder.path('vec.ts')])
  expect(lowerer.stale()).toContain(folder.path('uses.ts'))
})
