/** Each kind of question to the disk is needed: where it is left out, kept modules are wrong after an edit that it alone sees. */
import { createHash } from 'node:crypto'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../transformer/build/store.ts'
import { createKeptLowerer } from '../../transformer/hosts/modules/kept-modules.ts'
import { createModuleLowerer, type ModuleLowerer } from '../../transformer/hosts/modules/module-lowering.ts'
import type { Question } from '../../transformer/hosts/modules/questions.ts'
import { fileNameOf } from '../../transformer/program/file-names.ts'
import { type Files, Project, tsconfig } from './project.ts'

const lib = (method: string) => `import type { operators } from 'tsgrad'
export declare class Lib {
  readonly [operators]: { '+': '${method}' }
  add(other: Lib): Lib
  plus(other: Lib): Lib
}
`
const main = 'src/main.ts'
const uses = (from: string) => ({
  [main]: `import { Lib } from '${from}'\nexport const sum = new Lib() + new Lib()\n`,
})
/** A file that says what a type is that all files see. */
const usesGiven = {
  'src/lib.d.ts': lib('add'),
  [main]: "import { Lib } from './lib.js'\ndeclare const given: Given\nexport const sum = given.value + new Lib()\n",
}
const given = (to: string) => `interface Given { readonly value: import('${to}').Lib }\n`

interface Row {
  readonly kind: Question[0]
  readonly files: Files
  readonly edit: Files
  /** Where `node_modules/linked` leads, before and after the edit. */
  readonly links?: readonly [before: string, after: string]
}

const rows: Readonly<Record<string, Row>> = {
  'another text': {
    kind: 'text',
    files: { 'src/lib.d.ts': lib('add'), ...uses('./lib.js') },
    edit: { 'src/lib.d.ts': lib('plus') },
  },
  'a file that is found before another one': {
    kind: 'isFile',
    files: { 'node_modules/lib/part/index.d.ts': lib('add'), ...uses('lib/part') },
    edit: { 'node_modules/lib/part.d.ts': lib('plus') },
  },
  'a nearer node_modules': {
    kind: 'isFolder',
    files: { 'node_modules/lib/index.d.ts': lib('add'), ...uses('lib') },
    edit: { 'src/node_modules/lib/index.d.ts': lib('plus') },
  },
  'a link that leads elsewhere': {
    kind: 'real',
    files: { 'packages/one/index.d.ts': lib('add'), 'packages/two/index.d.ts': lib('plus'), ...uses('linked') },
    edit: {},
    links: ['packages/one', 'packages/two'],
  },
  'one more package of types': {
    kind: 'folders',
    files: { 'node_modules/@types/first/index.d.ts': 'declare const first: number\n', ...usesGiven },
    edit: { 'node_modules/@types/second/index.d.ts': given('../../../src/lib.js') },
  },
  'one more file that a pattern names': {
    kind: 'files',
    files: usesGiven,
    edit: { 'src/given.d.ts': given('./lib.js') },
  },
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const memoryStore = (disk: Map<string, string>): Store => ({
  ...{ hash, stamp: '', tell() {} },
  read: name => disk.get(name),
  write: (name, text) => void disk.set(name, text),
})

/** A copy of what is kept, without the questions of one kind. */
function without(kind: Question[0], disk: ReadonlyMap<string, string>): Map<string, string> {
  const spoiled = [...disk].map(([name, text]): [string, string] => {
    const [, head, body] = text.split('\n')
    const kept: { readonly questions: readonly Question[] } = JSON.parse(body!)
    const questions = kept.questions.filter(([its]) => its !== kind)
    expect(questions.length).toBeLessThan(kept.questions.length)
    const spoiled = `${head}\n${JSON.stringify({ ...kept, questions })}`
    return [name, `${hash(spoiled)}\n${spoiled}`]
  })
  return new Map(spoiled)
}

describe.each(Object.entries(rows))('%s', (_, { kind, files, edit, links }) => {
  test(`is seen by the question ${kind} alone`, async () => {
    const more = { module: 'esnext', moduleResolution: 'bundler', noEmit: true, types: ['*'] }
    const project = new Project({ 'tsconfig.json': tsconfig(more), ...files })
    const link = join(project.root, 'node_modules/linked')
    if (links) symlinkSync(join(project.root, links[0]), link)
    const lowered = (lowerer: ModuleLowerer) =>
      lowerer.lower(fileNameOf(main, project.root), project.read(main)).output?.code
    const kept = async (disk: Map<string, string>) => {
      const its = { store: memoryStore(disk), quiet: 0, create: createModuleLowerer }
      const found = lowered(createKeptLowerer({}, project.root, its))
      await new Promise(resolve => setTimeout(resolve, 10))
      return found
    }
    const disk = new Map<string, string>()
    const before = await kept(disk)
    project.write(edit)
    if (links) {
      rmSync(link)
      symlinkSync(join(project.root, links[1]), link)
    }
    const after = lowered(createModuleLowerer({}, project.root))
    expect(after).not.toBe(before)
    expect(await kept(new Map(disk))).toBe(after)
    expect(await kept(without(kind, disk))).toBe(before)
  })
})
