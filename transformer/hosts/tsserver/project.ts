/**
 * The meaning of a project's operators, and the lowered texts of the files that an editor asks about. All other files have probe
 * texts, which have the same types and depend on one file alone. It must not know the editor's questions.
 */
import type ts from 'typescript'
import { guesser } from '../../ask/guess.ts'
import { type ProbeProgram, probeIn } from '../../ask/probe.ts'
import { resolve } from '../../ask/resolve.ts'
import { differingOperators } from '../../ask/verify.ts'
import { type LoweredFile, loweredFile } from '../../build/lowered-file.ts'
import { settleFile } from '../../build/settling.ts'
import { readerIn } from '../../build/task.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import { type InternalProgram, REUSED_COMPLETELY } from '../../compiler/undocumented.ts'
import type { ResolvedOperator } from '../../meaning/resolved-operator.ts'
import type { Reader } from '../../meaning/tables.ts'
import { referencesOf } from '../../program/imports.ts'
import { failure } from '../../report/errors.ts'
import type { MappedText } from '../../text/text.ts'
import { type EditorFile, type Moment, nextMoment } from './moment.ts'
import { createParsedFiles, type Parsed } from './parsed.ts'
import { createShadow, type Scene, type ServedText, type Shadow, servedTexts } from './shadow.ts'

/** The meaning of a file's operators, by the types of the probe program. */
export interface ProbedFile {
  readonly parsed: Parsed
  readonly probe: ProbeProgram
  readonly resolved: readonly ResolvedOperator[]
}

/** A settled file, with the program that has its lowered text. */
export interface SettledFile {
  readonly lowered: EditorFile
  readonly program: ts.Program
  readonly reader: Reader
}

export interface EditorProject {
  /** The task; undefined when no file can hold operators of a class. */
  now(): Moment | undefined
  probed(file: ts.SourceFile): ProbedFile | undefined
  /** The lowered file; undefined when it cannot hold operators of a class. */
  lowered(fileName: string): EditorFile | undefined
  /** Lowers files at once, as far as that is cheaper than one after another. */
  lowerTogether(fileNames: readonly string[]): void
  settled(file: ts.SourceFile): SettledFile | undefined
  /** The language service over the lowered texts of all files that were asked about, and probe texts of the others. */
  service(): ts.LanguageService
  /** The probe text of a file, in which the symbols of resolutions are declared. */
  probeTextOf(fileName: string): MappedText | undefined
  /** The text that the service has for a file, if it is not the original one. */
  mappedIn(fileName: string): MappedText | undefined
}

export function createEditorProject(
  ts: TypeScript,
  host: ts.LanguageServiceHost,
  getProgram: () => ts.Program,
): EditorProject {
  const files = createParsedFiles(ts)
  let seen: ts.Program | undefined
  let moment: Moment | undefined
  let version = 0
  const opened = new Set<string>()

  const now = (): Moment | undefined => {
    const program = getProgram() as InternalProgram
    if (program === seen) return moment
    const isReused = program.structureIsReused === REUSED_COMPLETELY
    if (!isReused) for (const each of [probes, mixed]) each.forgetResolutions()
    seen = program
    version++
    moment = nextMoment(ts, files, program, isReused ? moment : undefined)
    return moment
  }
  const parsedNamed = (fileName: string) => {
    const file = moment?.program.getSourceFile(fileName)
    return file && moment!.concerned.get(file)
  }
  const scene = (served: Scene['served']): Scene => ({ program: moment!.program, version: `${version}`, served })
  const probeServed = (file: ts.SourceFile) => moment!.concerned.get(file)?.probe()?.served
  const servedIn = (file: ts.SourceFile) => {
    const lowered = moment!.lowered.get(file.fileName)
    return lowered ? lowered.served : probeServed(file)
  }
  const probes: Shadow = createShadow(ts, host, () => scene(probeServed))
  const mixed: Shadow = createShadow(ts, host, () => scene(servedIn))

  // ---- what operators mean

  const guessIn = (known: Moment, parsed: Parsed): readonly ResolvedOperator[] | undefined => {
    const { program, task } = known
    known.guess ??= guesser(ts, program.getTypeChecker(), readerIn(task, program), files)
    return files.attempt(parsed, () => known.guess!(parsed.found))
  }
  const probed = (file: ts.SourceFile): ProbedFile | undefined => {
    const known = now()
    const parsed = known?.concerned.get(file)
    if (!known || !parsed || known.fault || !parsed.probe()) return undefined
    const program = probes.service.getProgram()!
    known.probe ??= probeIn(ts, program, known.task.home, name => parsedNamed(name)?.probe()?.text)
    const { probe } = known
    const resolved = known.operators.get(file) ?? files.attempt(parsed, () => resolveFile(known, program, parsed))
    if (resolved) known.operators.set(file, resolved)
    return resolved && { parsed, probe, resolved }
  }
  const resolveFile = (known: Moment, program: ts.Program, { found }: Parsed) => {
    try {
      checkAll(ts, host, program, found.file.fileName)
    } catch (error) {
      // an interrupted program creates a new checker
      known.probe = undefined
      throw error
    }
    return resolve(ts, known.probe!, found)
  }

  // ---- lowered files

  const serve = servedTexts('lowered')
  const last = new Map<string, ServedText>()
  const servedText = ({ original, mapped: { text } }: LoweredFile): ServedText | undefined => {
    if (text === original.text) return undefined
    const before = last.get(original.fileName)
    const served = before?.text === text ? before : serve(text)
    last.set(original.fileName, served)
    return served
  }
  const lower = (
    known: Moment,
    parsed: Parsed,
    operators: readonly ResolvedOperator[],
    wrong: readonly ResolvedOperator[] = [],
  ) => {
    const { found, isHalfTyped } = parsed
    const explained =
      files.attempt(parsed, () => loweredFile(known.task, found.file, operators, wrong)) ??
      loweredFile(known.task, found.file, [])
    const each: EditorFile = { ...explained, found, isHalfTyped, served: servedText(explained) }
    version++
    known.lowered.set(found.file.fileName, each)
    return each
  }

  const lowered = (fileName: string): EditorFile | undefined => {
    const known = now()
    const parsed = parsedNamed(fileName)
    if (!known || !parsed) return undefined
    const name = parsed.found.file.fileName
    const done = known.lowered.get(name)
    if (done) return done
    if (known.fault) return lower(known, parsed, [])
    try {
      if (!opened.has(name)) lowerImports(known, parsed)
      return settle(known, parsed)
    } catch (error) {
      if (error instanceof ts.OperationCanceledException) throw error
      known.failed.set(name, failure(ts, error))
      return lower(known, parsed, [])
    }
  }
  /**
   * At the first question about a file its imports are lowered first: method calls are checked faster than probes, at every edit from
   * then on.
   */
  const lowerImports = (known: Moment, { found: { file } }: Parsed) => {
    opened.add(file.fileName)
    const imports = referencesOf(ts, known.program, file).flatMap(each => known.concerned.get(each) ?? [])
    const due = imports.filter(each => !each.isHalfTyped && !known.lowered.has(each.found.file.fileName))
    for (const each of due.slice(0, IMPORTS)) settle(known, each)
  }
  /** All by their guesses in one program, which verifies them; the others one after another. */
  const lowerTogether = (names: readonly string[]) => {
    const known = now()
    if (!known || known.fault) return
    const due = names.flatMap(name => {
      const parsed = known.lowered.has(name) || known.failed.has(name) ? undefined : parsedNamed(name)
      return parsed && !parsed.isHalfTyped ? [parsed] : []
    })
    const open = new Set<string>()
    try {
      for (const each of due) {
        const guess = guessIn(known, each)
        if (!guess) continue
        open.add(each.found.file.fileName)
        lower(known, each, guess)
      }
      const differing = [...open].filter(name => differencesIn(known, known.lowered.get(name)!, true).length > 0)
      for (const name of open) if (!differing.includes(name)) open.delete(name)
    } finally {
      // what is not verified is settled when it is asked for
      for (const name of open) known.lowered.delete(name)
      if (open.size > 0) version++
    }
  }
  const settle = (known: Moment, parsed: Parsed): EditorFile => {
    const { file } = parsed.found
    try {
      const { operators, wrong } = settleFile<ResolvedOperator>({
        guess: () => guessIn(known, parsed),
        probe: () => probed(file)?.resolved ?? [],
        verify({ operators, source }) {
          const each = lower(known, parsed, operators)
          // in a half-typed file a missing part may distort the types of the lowered text, so they refute no probe
          const isTrusted = source === 'probe' && parsed.isHalfTyped
          return isTrusted ? [] : differencesIn(known, each, source === 'guess')
        },
      })
      return wrong.length > 0 ? lower(known, parsed, operators, wrong) : known.lowered.get(file.fileName)!
    } catch (error) {
      // the interrupted text may be unverified
      known.lowered.delete(file.fileName)
      version++
      throw error
    }
  }
  /** The operators whose meaning in the lowered text differs, as a build verifies them. */
  const differencesIn = ({ task }: Moment, each: EditorFile, isGuessed: boolean): readonly ResolvedOperator[] => {
    if (each.operators.length === 0) return []
    const program = mixed.service.getProgram()!
    const { fileName } = each.original
    checkAll(ts, host, program, fileName)
    const reader = readerIn(task, program)
    return differingOperators(ts, program.getTypeChecker(), reader, program.getSourceFile(fileName)!, each, isGuessed)
  }

  return {
    now,
    probed,
    lowered,
    lowerTogether,
    settled({ fileName }) {
      const each = lowered(fileName)
      if (!each) return undefined
      const program = mixed.service.getProgram()!
      return { lowered: each, program, reader: readerIn(moment!.task, program) }
    },
    service() {
      mixed.service.getProgram()
      return mixed.service
    },
    probeTextOf: fileName => parsedNamed(fileName)?.probe()?.text.mapped,
    mappedIn(fileName) {
      // editors name a file in another case, where the disk has none
      const name = moment?.program.getSourceFile(fileName)?.fileName
      const done = name === undefined ? undefined : moment?.lowered.get(name)
      return done ? done.served && done.mapped : parsedNamed(fileName)?.probe()?.text.mapped
    },
  }
}

const IMPORTS = 8

/** Checks a file in its natural order, which is the cheapest; stops when the editor cancels the request. */
function checkAll(ts: TypeScript, host: ts.LanguageServiceHost, program: ts.Program, fileName: string): void {
  const token = host.getCancellationToken?.()
  program.getSemanticDiagnostics(program.getSourceFile(fileName), {
    isCancellationRequested: () => token?.isCancellationRequested() ?? false,
    throwIfCancellationRequested() {
      if (token?.isCancellationRequested()) throw new ts.OperationCanceledException()
    },
  })
}
