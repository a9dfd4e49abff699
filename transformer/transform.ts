/**
 * From a program with natural math to one with method calls: what is concerned, what it means, the lowered program.
 * It must not know any host.
 */
import type ts from 'typescript'
import { expectsDerivatives, mayHoldMarks, withDerivatives } from './build/derivatives.ts'
import { MARKED_VERSION, stampHomes } from './build/last-build.ts'
import { isChanged, type LoweredFile, mayBeAdvised } from './build/lowered-file.ts'
import { type Settled, settle, textsOf } from './build/settle.ts'
import { type Task, taskOf } from './build/task.ts'
import { VERSION } from './build/version.ts'
import type { TypeScript } from './compiler/typescript.ts'
import { failedProgram, reportingProgram } from './program/lowered-program.ts'
import { overlayProgram } from './program/overlay.ts'
import { isIncremental, typeCheck } from './program/type-check.ts'
import { failure } from './report/errors.ts'

/**
 * The program that the compiler should check and emit in place of `program`.
 * `warn` takes what ends no build. Without operators of classes, and errors at others, it is `program` itself; with a fault of tsgrad it only reports, and emits nothing.
 */
export function transform(
  ts: TypeScript,
  program: ts.Program,
  host?: ts.CompilerHost,
  warn: (warning: ts.Diagnostic) => void = () => {},
): ts.Program {
  try {
    const { files, program: lowered } = lowerProgram(ts, program, host)
    for (const { warnings = [] } of files) warnings.forEach(warn)
    return lowered
  } catch (error) {
    const files = program.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile)
    return failedProgram(program, [failure(ts, error, files)])
  }
}

/** A program that is lowered, with what became of its files. */
export interface LoweredProgram {
  readonly files: readonly LoweredFile[]
  readonly program: ts.Program
}

/** Like `transform`, with what became of each file. @throws what `failure` turns into a diagnostic. */
export function lowerProgram(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): LoweredProgram {
  stampHomes(ts, program, host)
  const task = taskOf(ts, program, host)
  const settled = isIncremental(program.getCompilerOptions()) ? undefined : settledSingly(ts, program, host, task)
  if (settled) return derivedProgram(ts, program, host, settled, texts => overlayOf(ts, program, host, texts))
  const checked = task ? settle(task) : unlowered(ts, program, host)
  return derivedProgram(ts, program, host, checked, () => checked.program)
}

/**
 * Where derivatives will make one more program, which is checked as a whole: the files settled by single types, which need no other whole check
 * and may come from any program that is not reported. Undefined where no derivative is in sight.
 */
function settledSingly(
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  task: Task | undefined,
): Settled | undefined {
  if (!mayHoldMarks(ts, program)) return undefined
  const asked = task?.asked ?? overlayOf(ts, program, host, new Map())
  if (!expectsDerivatives(ts, asked)) return undefined
  const isDue = () => true
  if (!task) return { files: [], program: asked, isDue }
  const programWith: Task['programWith'] = texts => (texts.size === 0 ? asked : task.programWith(texts))
  return settle({ ...task, programWith }, { taken: [], isDue })
}

function unlowered(ts: TypeScript, program: ts.Program, host: ts.CompilerHost | undefined): Settled {
  // the order of a whole check, so that the wording of errors does not depend on what is asked of it later
  const isDue = mayHoldMarks(ts, program) ? typeCheck(ts, program, host) : () => true
  return { files: [], program, isDue }
}

const overlayOf = (
  ts: TypeScript,
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  texts: ReadonlyMap<string, string>,
) => overlayProgram(ts, program, host, { texts, versionOf: () => VERSION })

/** The lowered program with the derivatives of functions on plain numbers; `underived` makes the one without any. */
function derivedProgram(
  ts: TypeScript,
  original: ts.Program,
  host: ts.CompilerHost | undefined,
  settled: Settled,
  underived: (texts: ReadonlyMap<string, string>) => ts.Program,
): LoweredProgram {
  const derived = withDerivatives(ts, settled, name => original.getSourceFile(name)!)
  const files = [...new Map([...settled.files, ...derived].map(each => [each.original.fileName, each])).values()]
  const told = files.filter(mayBeAdvised)
  if (!files.some(isChanged)) {
    const asked = settled.program
    const hasErrors = ({ original: { fileName } }: LoweredFile) =>
      settled.isDue(fileName) && asked.getSemanticDiagnostics(asked.getSourceFile(fileName)).length > 0
    return { files, program: told.some(hasErrors) ? reportingProgram(ts, host, told, original) : original }
  }
  const marked = new Map(derived.map(({ original: { fileName }, mapped }) => [fileName, mapped.text]))
  const texts = new Map([...textsOf(files), ...marked])
  const versionOf = (name: string) => (marked.has(name) ? MARKED_VERSION : VERSION)
  const program = derived.length > 0 ? overlayProgram(ts, original, host, { texts, versionOf }) : underived(texts)
  return { files, program: reportingProgram(ts, host, told, program) }
}

/** The files that may hold operators of a class, each with what was found out about them and what they are lowered to. */
export function explain(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): readonly LoweredFile[] {
  return lowerProgram(ts, program, host).files
}
