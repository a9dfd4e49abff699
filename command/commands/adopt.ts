/** `tsgrad adopt`: replaces method calls with operators in the user's files. It must not know how an operator is chosen. */
import { placeAt, placeText } from '../../transformer/hosts/modules/host-diagnostic.ts'
import { type Adopted, adopt } from '../adoption/adoption.ts'
import { loadMorph, morphCompiler, openWorkspace } from '../adoption/workspace.ts'
import { type Change, save } from '../disk/save.ts'
import { warnOfUncommitted } from '../project/git.ts'
import { type NamedProject, projectOf, requireOperands, requireReadable } from '../project/project.ts'
import { counted, printDiffs, printSaved, progress } from '../report/changes.ts'
import { formatted, reportingFailures } from '../report/failure.ts'
import type { Command } from './command.ts'

export const adoptCommand: Command = {
  summary: 'turn method calls such as a.mul(4).add(3) into operators',
  usage: 'tsgrad adopt [tsconfig.json | folder | file.ts …] [--write] [--verbose]',
  about: `Finds calls of methods that a class names in its [operators] table, and replaces them with operators:

  const y = w.mul(x).add(b)    becomes    const y = w * x + b
  const z = y.neg().exp()      becomes    const z = Math.exp(-y)

A call changes only if the operator compiles to the same call: adopt tries each change, and undoes it if the syntax tree
differs or a new error appears. Calls whose value is unused stay, because they are made for their effect.

Without --write, adopt prints a diff and changes no file; \`tsgrad adopt | git apply\` works too. Without an argument,
it uses the nearest tsconfig.json. It never changes declaration files or files in node_modules. It needs ts-morph:
npm install --save-dev ts-morph@28`,
  examples: [
    ['tsgrad adopt', 'the diff of the project of the nearest tsconfig.json'],
    ['tsgrad adopt src/model.ts --verbose', 'the diff of one file, with the calls that stay'],
    ['tsgrad adopt --write', 'change the files'],
  ],
  options: {
    write: { type: 'boolean', about: 'change the files instead of printing a diff' },
    verbose: { type: 'boolean', about: 'list the calls for which an operator was tried and undone' },
  },
  async run(operands, { write, verbose }) {
    requireOperands(operands)
    const morph = await loadMorph()
    const ts = morphCompiler(morph)
    const project = projectOf(ts, operands)
    requireReadable('adopt', project)
    const workspace = openWorkspace(morph, project.names, project.options)
    const errors = workspace
      .program()
      .getSyntacticDiagnostics()
      .filter(({ file }) => project.isMeant(file))
    if (errors.length > 0) console.error(formatted(ts, errors))
    const found = reportingFailures(ts, () => adopt(workspace, project.isMeant, progress('adopt')))
    const changed = found.filter(({ adopted }) => adopted > 0)
    const changes = changed.map(({ original, text }) => ({
      ...{ fileName: original.fileName, before: original.text, after: text },
    }))
    if (verbose) for (const file of found) printLeft(file)
    if (write) return writeFound(project, found, changes, errors.length > 0)
    const status = printDiffs('adopt', changes)
    console.error(adoptSummary(found, changed.length, false))
    return errors.length === 0 ? status : 1
  },
}

async function writeFound(
  { folder }: NamedProject,
  found: readonly Adopted[],
  changes: readonly Change[],
  hasErrors: boolean,
): Promise<number> {
  if (changes.length > 0) warnOfUncommitted('adopt', folder)
  const saved = await save(changes)
  const status = printSaved('adopt', changes.length, saved)
  const names = new Set(saved.written.map(({ fileName }) => fileName))
  const done = found.filter(({ adopted, original }) => adopted === 0 || names.has(original.fileName))
  if (saved.stop === undefined) console.error(adoptSummary(done, changes.length, true))
  return status === 0 && hasErrors ? (changes.length > 0 ? 2 : 1) : status
}

/** `all` is the number of files with changes, written or not. */
function adoptSummary(found: readonly Adopted[], all: number, isWritten: boolean): string {
  const count = (of: (file: Adopted) => number) => found.reduce((sum, file) => sum + of(file), 0)
  const adopted = count(file => file.adopted)
  const left = count(file => file.left.length)
  const stay = left > 0 ? `, ${counted(left, 'call')} stayed` : ''
  if (all === 0) return `adopt: no calls to change${stay}`
  const files = found.filter(file => file.adopted > 0).length
  const what = `${counted(adopted, 'call')} in ${files < all ? `${files} of ` : ''}${counted(all, 'file')}`
  return isWritten
    ? `adopt: ${what} became operators${stay}`
    : `adopt: ${what} would become operators${stay}; --write changes the files`
}

function printLeft({ original, left }: Adopted): void {
  for (const position of left) {
    const name = /^[\p{ID_Continue}$]+/u.exec(original.text.slice(position))![0]
    console.error(
      `${placeText(placeAt(original, position), process.cwd())} - .${name}() stays: no operator compiles to this call`,
    )
  }
}
