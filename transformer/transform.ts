/**
 * From a program with natural math to one with method calls: desugar, resolve, lower.
 * It must not know any host.
 */
import type ts from 'typescript'
import { findCandidates } from './candidates.ts'
import { catalogue } from './diagnostics.ts'
import {
  ConfigurationError,
  coveredBy,
  failure,
  faultDiagnostic,
  located,
  remainingDiagnostic,
  tableDiagnostic,
} from './faults.ts'
import { type ImportStyle, lower } from './lower.ts'
import { failedProgram, type LoweredFile, loweredProgram } from './lowered-program.ts'
import { probe } from './probe.ts'
import { remainingOperators } from './remaining.ts'
import { type Resolved, resolve } from './resolve.ts'
import { findSites } from './rewrite.ts'
import type { TypeScript } from './syntax.ts'
import { mayHoldTables } from './table-check.ts'
import { type MappedText, Writer } from './text.ts'

/** Changes when the same text may be lowered to another one, so that incremental builds start anew. */
export const VERSION = '0.1.0'

/** What became of a file: for those who explain it. */
export interface Explained extends LoweredFile {
  readonly resolved: readonly Resolved[]
}

/**
 * The program that the compiler should check and emit in place of `program`.
 * Without operators of classes it is `program` itself; with a fault of tsgrad it only reports, and emits nothing.
 */
export function transform(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): ts.Program {
  try {
    return lowerProgram(ts, program, host).program
  } catch (error) {
    return failedProgram(program, [failure(ts, error)])
  }
}

/** A program that is lowered, with what became of its files. */
export interface Lowered {
  readonly files: readonly Explained[]
  readonly program: ts.Program
}

/** Like `transform`, with what became of each file. @throws what `failure` turns into a diagnostic. */
export function lowerProgram(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): Lowered {
  const files = explain(ts, program, host)
  const changed = files.filter(
    ({ original, mapped, diagnostics }) => mapped.text !== original.text || diagnostics.length > 0,
  )
  return { files, program: changed.length > 0 ? loweredProgram(ts, program, host, changed, VERSION) : program }
}

/** The files that may hold operators of a class, each with what was found out about them and what they are lowered to. */
export function explain(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): readonly Explained[] {
  requireSupported(ts)
  const { homes, files } = findCandidates(ts, program)
  const [home, other] = homes
  if (other) throw new ConfigurationError(catalogue.severalRuntimes, home!.fileName, other.fileName)
  const found = files.map(file => located(file, 0, () => findSites(ts, file)))
  const concerned = found.filter(({ file, sites }) => sites.length > 0 || mayHoldTables(file))
  if (!home || concerned.length === 0) return []
  const probed = probe(ts, program, host, home, concerned)
  return concerned.map(each =>
    located(each.file, 0, () => {
      const resolved = resolve(ts, probed, each)
      const tables = probed.tableFaults(each.file).map(fault => tableDiagnostic(ts, each.file, fault))
      return lowered(ts, home, each.file, resolved, tables, importStyle(ts, program, each.file))
    }),
  )
}

function lowered(
  ts: TypeScript,
  home: ts.SourceFile,
  original: ts.SourceFile,
  resolved: readonly Resolved[],
  tables: readonly ts.Diagnostic[],
  style: ImportStyle,
): Explained {
  const mapped = lower(ts, original, resolved, style) ?? unchanged(original.text)
  const faults = resolved.filter(({ fault }) => fault !== undefined)
  const shown = faults.filter(({ fault }) => fault!.at !== 'nowhere')
  const own = shown.map(each => located(original, each.site.node.pos, () => faultDiagnostic(ts, original, each)))
  return {
    original,
    mapped,
    resolved,
    diagnostics: [...tables, ...own],
    covers: diagnostic => coveredBy(original, faults, diagnostic),
    inspect(program, reported) {
      const file = program.getSourceFile(original.fileName)!
      const remaining = located(original, 0, () => remainingOperators(ts, program, home, file))
      return remaining.flatMap(each => remainingDiagnostic(ts, original, mapped, each, faults, reported) ?? [])
    },
  }
}

function unchanged(text: string): MappedText {
  const writer = new Writer(text)
  writer.copy(0, text.length)
  return writer.finish()
}

/** With `verbatimModuleSyntax` a CommonJS file may only use `import x = require(…)`. */
function importStyle(ts: TypeScript, program: ts.Program, file: ts.SourceFile): ImportStyle {
  const { verbatimModuleSyntax } = program.getCompilerOptions()
  if (!verbatimModuleSyntax) return 'esm'
  const format = (program as EmittingProgram).getEmitModuleFormatOfFile(file)
  return format === ts.ModuleKind.CommonJS ? 'require' : 'esm'
}

/** Not in the compiler's public types, the same in TypeScript 5.9 and 6. */
interface EmittingProgram extends ts.Program {
  getEmitModuleFormatOfFile(file: ts.SourceFile): ts.ModuleKind
}

function requireSupported(ts: TypeScript): void {
  const [major = 0, minor = 0] = ts.versionMajorMinor.split('.').map(Number)
  if (major !== 6 && !(major === 5 && minor >= 9))
    throw new ConfigurationError(catalogue.unsupportedCompiler, ts.version)
}
