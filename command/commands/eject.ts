/** `tsgrad eject`: writes the lowered TypeScript to files, which any compiler accepts. It must not know how files are lowered. */
import { isAbsolute, join, relative, resolve } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { type LoweredProgram, lowerProgram } from '../../transformer/transform.ts'
import { type Change, save } from '../disk/save.ts'
import { warnOfUncommitted } from '../project/git.ts'
import { type NamedProgram, withProgram } from '../project/program.ts'
import { type NamedProject, requireOperands } from '../project/project.ts'
import { counted, printDiffs, printSaved, progress } from '../report/changes.ts'
import { CommandError } from '../report/command-error.ts'
import { formatted, reportingFailures } from '../report/failure.ts'
import type { Command } from './command.ts'

export const ejectCommand: Command = {
  summary: 'turn operators into the method calls that they compile to',
  usage: 'tsgrad eject [tsconfig.json | folder | file.ts …] [--write | --outDir <folder>]',
  about: `Replaces operators on classes with the method calls that they compile to, so that plain tsc, or any other compiler,
emits the same JavaScript:

  const y = w * x + b    becomes    const y = w.mul(x).add(b)

Where a function on plain numbers is derived, its derivative is written beside it, as tsgrad explain shows it.
All other text stays the same. The code still needs its classes and the package tsgrad, but not the transformer:
you can then delete its entry under "plugins" in tsconfig.json.

Without --write or --outDir, eject prints a diff and changes no file. Without an argument, it uses the nearest
tsconfig.json. It refuses a project with errors.`,
  examples: [
    ['tsgrad eject', 'the diff of the project of the nearest tsconfig.json'],
    ['tsgrad eject --outDir ejected', 'the changed files, in another folder'],
    ['tsgrad eject --write', 'change the files'],
  ],
  options: {
    write: { type: 'boolean', about: 'change the files in place' },
    outDir: { type: 'string', about: 'write the changed files to this folder, with the subfolders of the project' },
  },
  async run(operands, { write, outDir }) {
    if (write && outDir !== undefined)
      throw new CommandError('--write changes files in place, and --outDir writes copies: pass one of them')
    requireOperands(operands)
    const { project, changes } = await withProgram('eject', operands, ejected)
    if (write && changes.length > 0) warnOfUncommitted('eject', project.folder)
    if (write) return writeChanges(changes)
    if (typeof outDir === 'string') return writeChanges(changes, movedTo(project, outDir))
    const status = printDiffs('eject', changes)
    printNames(changes)
    console.error(ejectSummary(changes.length, changes.length, false))
    return status
  },
}

/** The changes of a project without errors. @throws CommandError with its errors. */
function ejected({ ts, project, program }: NamedProgram) {
  const lowered = reportingFailures(ts, () => lowerProgram(ts, program))
  const errors = errorsOf(ts, lowered)
  if (errors.length > 0) throw new CommandError(formatted(ts, errors))
  return { project, changes: changesOf(lowered, project) }
}

async function writeChanges(changes: readonly Change[], target = (fileName: string) => fileName): Promise<number> {
  // all targets are computed before the first write, so a refused target leaves every file unchanged
  const targets = new Map(changes.map(({ fileName }) => [fileName, target(fileName)]))
  const saved = await save(changes, fileName => targets.get(fileName)!)
  printNames(saved.written)
  const status = printSaved('eject', changes.length, saved)
  if (saved.stop === undefined) console.error(ejectSummary(saved.written.length, changes.length, true))
  return status
}

function printNames(changes: readonly Change[]): void {
  for (const { fileName } of changes) console.error(`eject: ${relative(process.cwd(), fileName)}`)
}

/** All errors of the project, as `tspc` reports them. */
function errorsOf(ts: TypeScript, { program }: LoweredProgram): readonly ts.Diagnostic[] {
  const show = progress('eject')
  const files = program.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile)
  const inFiles = files.flatMap((file, i) => {
    show(i + 1, files.length)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  })
  const found = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...inFiles,
  ]
  return found.filter(({ category }) => category === ts.DiagnosticCategory.Error)
}

function changesOf({ files }: LoweredProgram, project: NamedProject): readonly Change[] {
  return files
    .filter(({ original, mapped }) => mapped.text !== original.text && project.isMeant(original))
    .map(({ original, mapped }) => ({ fileName: original.fileName, before: original.text, after: mapped.text }))
}

function movedTo({ folder }: NamedProject, outDir: string): (fileName: string) => string {
  return fileName => {
    const path = relative(folder, fileName)
    if (path.startsWith('..') || isAbsolute(path))
      throw new CommandError(`${fileName} lies outside ${folder}, so it has no place in ${outDir}: use --write`)
    const target = join(resolve(outDir), path)
    if (target === resolve(fileName))
      throw new CommandError(`--outDir ${outDir} would overwrite the original files: use --write instead`)
    return target
  }
}

function ejectSummary(count: number, all: number, isWritten: boolean): string {
  if (all === 0) return 'eject: no file uses operators on classes'
  const files = `${count < all ? `${count} of ` : ''}${counted(all, 'file')}`
  return isWritten
    ? `eject: wrote ${files}`
    : `eject: ${files} would change; --write changes them, --outDir <folder> writes copies`
}
