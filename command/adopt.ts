/** `tsgrad adopt`: method calls become operators in the user's files. It must not know how. */
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import { type Adopted, adopt } from './adoption/adoption.ts'
import { counted, printDiffs, progress } from './changes.ts'
import type { Command } from './command.ts'
import { formatted, placeOf, reported } from './failure.ts'
import { projectOf, requireOperands } from './project.ts'
import { compilerOf, loadMorph, openWorkspace } from './workspace.ts'

export const adoptCommand: Command = {
  summary: 'turn method calls such as a.mul(4).add(3) into operators',
  usage: 'tsgrad adopt [tsconfig.json | folder | file.ts …] [--write] [--verbose]',
  about: `Looks for calls of methods that a class names in its [operators] table, and writes them as operators:

  const y = w.mul(x).add(b)    becomes    const y = w * x + b
  const z = y.neg().exp()      becomes    const z = Math.exp(-y)

A call is changed only if the operator is compiled to the same call again: each change is tried, and taken back if the
syntax tree differs or an error is new. Calls whose value nobody reads stay, since they are made for what they do.

Prints a diff and changes nothing, unless --write is given: \`tsgrad adopt | git apply\` works too. Without an argument
it takes the nearest tsconfig.json. Files in node_modules and declarations are never changed. Needs ts-morph:
npm install --save-dev ts-morph@28`,
  examples: [
    ['tsgrad adopt', 'the diff of the project of the nearest tsconfig.json'],
    ['tsgrad adopt src/model.ts --verbose', 'of one file, with the calls that stay'],
    ['tsgrad adopt --write', 'change the files'],
  ],
  options: {
    write: { type: 'boolean', about: 'change the files, in place of printing a diff' },
    verbose: { type: 'boolean', about: 'list the calls for which an operator was tried and taken back' },
  },
  async run(operands, { write, verbose }) {
    requireOperands(operands)
    const morph = await loadMorph()
    const ts = compilerOf(morph)
    const project = projectOf(ts, operands)
    const workspace = openWorkspace(morph, project.names, project.options)
    const errors = workspace
      .program()
      .getSyntacticDiagnostics()
      .filter(({ file }) => project.isMeant(file))
    if (errors.length > 0) console.error(formatted(ts, errors))
    const found = reported(ts, () => adopt(workspace, project.isMeant, progress('adopt')))
    const changed = found.filter(({ adopted }) => adopted > 0)
    if (write) workspace.save()
    else
      printDiffs(
        changed.map(({ original, text }) => ({ fileName: original.fileName, before: original.text, after: text })),
      )
    if (verbose) for (const file of found) printLeft(ts, file)
    console.error(summary(found, write === true))
    return errors.length === 0 ? 0 : write && changed.length > 0 ? 2 : 1
  },
}

function summary(found: readonly Adopted[], isWritten: boolean): string {
  const count = (of: (file: Adopted) => number) => found.reduce((sum, file) => sum + of(file), 0)
  const adopted = count(file => file.adopted)
  const left = count(file => file.left.length)
  const stay = left > 0 ? `, ${counted(left, 'call')} stayed` : ''
  if (adopted === 0) return `adopt: no call to change${stay}`
  const files = counted(found.filter(file => file.adopted > 0).length, 'file')
  const what = `${counted(adopted, 'call')} in ${files}`
  return isWritten
    ? `adopt: ${what} became operators${stay}`
    : `adopt: ${what} would become operators${stay}; --write changes the files`
}

function printLeft(ts: TypeScript, { original, left }: Adopted): void {
  for (const position of left) {
    const name = /^[\p{ID_Continue}$]+/u.exec(original.text.slice(position))![0]
    console.error(`${placeOf(ts, original, position)} - .${name}() stays: no operator gives this call again`)
  }
}
