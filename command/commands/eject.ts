/** `tsgrad eject`: the lowered TypeScript in files, which any compiler takes. It must not know how it is lowered. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { type LoweredProgram, lowerProgram } from '../../transformer/transform.ts'
import { interfaceFor } from '../project/compiler.ts'
import { folderOf, type NamedProject, projectOf, requireOperands } from '../project/project.ts'
import { byteOrderMark, type Change, counted, printDiffs, progress } from '../report/changes.ts'
import { CommandError } from '../report/command-error.ts'
import { formatted, reportingFailures } from '../report/failure.ts'
import type { Command } from './command.ts'

export const ejectCommand: Command = {
  summary: 'turn operators into the method calls that they compile to',
  usage: 'tsgrad eject [tsconfig.json | folder | file.ts …] [--write | --outDir <folder>]',
  about: `Replaces operators on classes with the method calls that they compile to, so that plain tsc, or any other compiler,
emits the same JavaScript:

  const y = w * x + b    becomes    const y = w.mul(x).add(b)

All other text stays the same. The code still needs its classes and the package tsgrad, but not the transformer:
you can then delete its entry under "plugins" in tsconfig.json.

Without --write or --outDir, eject prints a diff and changes no file. Without an argument, it uses the nearest
tsconfig.json. It refuses a project with errors. It needs TypeScript 5.9 or 6, which may be installed beside
TypeScript 7 as @typescript/typescript6.`,
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
    const ts = interfaceFor(folderOf(operands))
    const project = projectOf(ts, operands)
    const program = ts.createProgram([...project.names], project.options)
    const lowered = reportingFailures(ts, () => lowerProgram(ts, program))
    const errors = errorsOf(ts, lowered)
    if (errors.length > 0) throw new CommandError(formatted(ts, errors))
    const changes = changesOf(lowered, project)
    if (write) writeAll(changes, name => name)
    else if (typeof outDir === 'string') writeAll(changes, movedTo(project, outDir))
    else printDiffs(changes)
    for (const { fileName } of changes) console.error(`eject: ${relative(process.cwd(), fileName)}`)
    console.error(ejectSummary(changes.length, write === true || outDir !== undefined))
    return 0
  },
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

function writeAll(changes: readonly Change[], target: (fileName: string) => string): void {
  // all targets first: nothing is written when one of them is refused
  const targets = changes.map(({ fileName }) => target(fileName))
  for (const [i, { fileName, after }] of changes.entries()) {
    mkdirSync(dirname(targets[i]!), { recursive: true })
    writeFileSync(targets[i]!, byteOrderMark(fileName) + after)
  }
}

function ejectSummary(count: number, isWritten: boolean): string {
  if (count === 0) return 'eject: no file uses operators on classes'
  const files = counted(count, 'file')
  return isWritten
    ? `eject: wrote ${files}`
    : `eject: ${files} would change; --write changes them, --outDir <folder> writes copies`
}
