/** `tsgrad adopt`: method calls become operators in the user's files. It must not know how. */
import { placeAt, placeText } from '../../transformer/hosts/modules/host-diagnostic.ts'
import { type Adopted, adopt } from '../adoption/adoption.ts'
import { loadMorph, morphCompiler, openWorkspace } from '../adoption/workspace.ts'
import { projectOf, requireOperands } from '../project/project.ts'
import { counted, printDiffs, progress } from '../report/changes.ts'
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
    const workspace = openWorkspace(morph, project.names, project.options)
    const errors = workspace
      .program()
      .getSyntacticDiagnostics()
      .filter(({ file }) => project.isMeant(file))
    if (errors.length > 0) console.error(formatted(ts, errors))
    const found = reportingFailures(ts, () => adopt(workspace, project.isMeant, progress('adopt')))
    const changed = found.filter(({ adopted }) => adopted > 0)
    if (write) workspace.save()
    else
      printDiffs(
        changed.map(({ original, text }) => ({ fileName: original.fileName, before: original.text, after: text })),
      )
    if (verbose) for (const file of found) printLeft(file)
    console.error(adoptSummary(found, write === true))
    return errors.length === 0 ? 0 : write && changed.length > 0 ? 2 : 1
  },
}

function adoptSummary(found: readonly Adopted[], isWritten: boolean): string {
  const count = (of: (file: Adopted) => number) => found.reduce((sum, file) => sum + of(file), 0)
  const adopted = count(file => file.adopted)
  const left = count(file => file.left.length)
  const stay = left > 0 ? `, ${counted(left, 'call')} stayed` : ''
  if (adopted === 0) return `adopt: no calls to change${stay}`
  const files = counted(found.filter(file => file.adopted > 0).length, 'file')
  const what = `${counted(adopted, 'call')} in ${files}`
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
