/** `tsgrad init`: sets a project up, or undoes that. It must not know what a project needs. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { type Change, save } from '../disk/save.ts'
import { warnOfUncommitted } from '../project/git.ts'
import { counted, printDiffs, printSaved } from '../report/changes.ts'
import { CommandError } from '../report/command-error.ts'
import { type Folder, folderAt } from '../setup/folder.ts'
import { forget, keep, kept } from '../setup/kept.ts'
import { proposalFor } from '../setup/proposal.ts'
import type { Command } from './command.ts'

export const initCommand: Command = {
  summary: 'set up the project in this folder',
  usage: 'tsgrad init [--write | --undo]',
  about: `Looks at package.json, tsconfig.json, and the configurations of Vite, Vitest and VS Code, and says what they need for
natural math: dependencies, scripts that call tsgrad instead of tsc, plugins. Where a tool must be set up by hand, it
names the page that says how. In an empty folder it begins a project.

Without --write, init prints a diff and changes no file. A second run changes nothing.`,
  examples: [
    ['tsgrad init', 'the diff'],
    ['tsgrad init --write', 'change the files'],
    ['tsgrad init --undo', 'take back what the last run changed'],
  ],
  options: {
    write: { type: 'boolean', about: 'change the files instead of printing a diff' },
    undo: { type: 'boolean', about: 'take back what the last run with --write changed' },
  },
  async run(operands, { write, undo }) {
    if (operands.length > 0 || (write && undo)) throw new CommandError(`usage: ${this.usage}`)
    const folder = folderAt(process.cwd())
    return undo ? undone(folder) : begun(folder, write === true)
  },
}

async function begun(folder: Folder, write: boolean): Promise<number> {
  const { changes, byHand } = proposalFor(folder)
  const status = write ? await written(folder, changes) : printDiffs('init', changes)
  const files = counted(changes.length, 'file')
  if (changes.length === 0) console.error('init: nothing to change')
  else if (!write) console.error(`init: ${files} would change; --write changes them`)
  else if (status === 0) console.error(`init: ${files} changed; --undo takes that back. Next: ${folder.install}`)
  for (const each of byHand) console.error(`init: by hand: ${each}`)
  return status
}

async function written(folder: Folder, changes: readonly Change[]): Promise<number> {
  if (changes.length === 0) return 0
  warnOfUncommitted('init', folder.path)
  const saved = await save(changes)
  keep(folder.path, saved.written)
  return printSaved('init', changes.length, saved)
}

/** Removes each file that init made, unless it was edited since. */
async function undone({ path }: Folder): Promise<number> {
  const changes = kept(path)
  if (!changes) throw new CommandError('tsgrad init --undo: no run with --write is known in this folder')
  const made = changes.filter(({ isNew }) => isNew)
  const isStill = ({ fileName, after }: Change) => existsSync(fileName) && readFileSync(fileName, 'utf8') === after
  for (const { fileName } of made.filter(isStill)) rmSync(fileName)
  for (const { fileName } of made.filter(({ fileName }) => existsSync(fileName)))
    console.error(`init: ${relative(path, fileName)} stays: it was edited since`)
  const edited = changes.filter(({ isNew }) => !isNew)
  const saved = await save(edited.map(({ fileName, before, after }) => ({ fileName, before: after, after: before })))
  const status = printSaved('init', edited.length, saved)
  if (status === 0) forget(path)
  return status
}
