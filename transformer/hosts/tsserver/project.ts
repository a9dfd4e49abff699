/**
 * What is known of a project between two edits: which files hold operators, what these mean, and the lowered texts of the files that
 * were asked for. All other files have probe texts, which say the same of types and follow from one file alone.
 * It must not know what an editor asks.
 */
import type ts from 'typescript'
import { findCandidates } from '../../candidates.ts'
import { desugar, type ProbeText } from '../../desugar.ts'
import { type Explained, explainedFile } from '../../explained.ts'
import { failure } from '../../faults.ts'
import { helperType, type Probe, probeIn } from '../../probe.ts'
import { type Resolved, resolve } from '../../resolve.ts'
import { type FileSites, findSites } from '../../rewrite.ts'
import type { TypeScript } from '../../syntax.ts'
import { mayHoldTables } from '../../table-check.ts'
import { operatorsKey, tableReader } from '../../tables.ts'
import { requireOneRuntime, type Task } from '../../task.ts'
import type { MappedText } from '../../text.ts'
import { differences } from '../../verify.ts'
import { createShadow, type Scene, type Served, type Shadow } from './shadow.ts'

/** What follows from the text of one file; kept as long as its parsed file is. */
interface Parsed {
  readonly found: FileSites
  readonly probe: { readonly text: ProbeText; readonly served: Served } | undefined
}

/** A file with operators, as it was lowered. */
export interface LoweredSource extends Explained {
  readonly found: FileSites
  readonly served: Served | undefined
}

/** The project between two edits. */
export interface Moment {
  readonly program: ts.Program
  readonly home: ts.SourceFile
  readonly concerned: ReadonlySet<ts.SourceFile>
  /** Why nothing can be said of operators, such as two copies of the runtime. */
  readonly fault: ts.Diagnostic | undefined
  /** Lowered files by name. */
  readonly lowered: Map<string, LoweredSource>
  /** Files that were not lowered because of an internal error, which is shown there. */
  readonly failed: Map<string, ts.Diagnostic>
  probed: Probe | undefined
}

export interface Project {
  /** Undefined when no file can hold operators of a class. */
  now(): Moment | undefined
  sitesIn(file: ts.SourceFile): FileSites
  /** What the operators of a file mean, with the types of their operands. */
  resolved(file: ts.SourceFile): { readonly probe: Probe; readonly resolved: readonly Resolved[] } | undefined
  /** The file as it is lowered; undefined when it holds no operators that could be a class's. */
  lowered(fileName: string): LoweredSource | undefined
  /** The language service over the lowered texts of all files that were asked for, and probe texts of others. */
  service(): ts.LanguageService
  /** The probe text of a file, where the symbols of what operators mean are declared. */
  probeTextOf(fileName: string): MappedText | undefined
  /** The text that the service has for a file, if it is another one. */
  mappedIn(fileName: string): MappedText | undefined
}

interface VersionedProgram extends ts.Program {
  readonly structureIsReused?: number
}
const COMPLETELY = 2

export function createProject(ts: TypeScript, host: ts.LanguageServiceHost, getProgram: () => ts.Program): Project {
  const parsed = new WeakMap<ts.SourceFile, Parsed>()
  const lastServed = new Map<string, Served>()
  const resolutions = new WeakMap<Probe, Map<ts.SourceFile, readonly Resolved[]>>()
  let moment: Moment | undefined
  let seen: ts.Program | undefined
  let edits = 0
  let texts = 0
  let lowerings = 0

  const serve = (text: string): Served => ({ text, version: `tsgrad-${++texts}` })

  // ---- the project between two edits

  const now = (): Moment | undefined => {
    const program = getProgram() as VersionedProgram
    if (program === seen) return moment
    if (program.structureIsReused !== COMPLETELY)
      for (const each of [probes, mixed]) each.forgetResolutions()
    seen = program
    edits++
    moment = momentOf(program)
    return moment
  }
  const momentOf = (program: ts.Program): Moment | undefined => {
    const { homes, files } = findCandidates(ts, program, true)
    const [home] = homes
    if (!home) return undefined
    const concerned = files.filter(file => parsedFile(file, home).found.sites.length > 0 || mayHoldTables(file))
    return {
      program,
      home,
      concerned: new Set(concerned),
      fault: faultOf(() => requireOneRuntime(homes)),
      lowered: new Map(),
      failed: new Map(),
      probed: undefined,
    }
  }
  const faultOf = (work: () => void): ts.Diagnostic | undefined => {
    try {
      work()
      return undefined
    } catch (error) {
      return failure(ts, error)
    }
  }
  const parsedFile = (file: ts.SourceFile, home: ts.SourceFile): Parsed => {
    const known = parsed.get(file)
    if (known) return known
    const found = findSites(ts, file)
    const text = found.sites.length > 0 ? attempt(file, () => desugar(ts, found, helperType(home))) : undefined
    const made = { found, probe: text && { text, served: serve(text.mapped.text) } }
    parsed.set(file, made)
    return made
  }
  /** A file that does not parse may be in a state that was not thought of; its operators are left alone then. */
  const attempt = <T>(file: ts.SourceFile, work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (!isHalfTyped(file)) throw error
      return undefined
    }
  }

  // ---- the two services

  const probeOf = (file: ts.SourceFile) => (moment!.concerned.has(file) ? parsed.get(file)?.probe : undefined)
  const probeTextOf = (fileName: string) => {
    const file = moment?.program.getSourceFile(fileName)
    return file && probeOf(file)?.text.mapped
  }
  const scene = (served: Scene['served'], count: () => number): Scene => ({
    program: moment!.program,
    version: `${edits}-${count()}`,
    served,
  })
  const probes: Shadow = createShadow(ts, host, () =>
    scene(
      file => probeOf(file)?.served,
      () => 0,
    ),
  )
  const mixed: Shadow = createShadow(ts, host, () => scene(servedIn, () => lowerings))
  const servedIn = (file: ts.SourceFile) => {
    const lowered = moment!.lowered.get(file.fileName)
    return lowered ? lowered.served : probeOf(file)?.served
  }

  // ---- operators

  const probed = (): Probe => {
    const { home } = moment!
    moment!.probed ??= probeIn(ts, probes.service.getProgram()!, home, file => parsed.get(file)?.probe?.text)
    return moment!.probed
  }
  const resolvedIn = (file: ts.SourceFile) => {
    const known = now()
    if (!known?.concerned.has(file) || known.fault || !parsed.get(file)?.probe) return undefined
    const probe = probed()
    const byFile = resolutions.get(probe) ?? new Map<ts.SourceFile, readonly Resolved[]>()
    resolutions.set(probe, byFile)
    const resolved = byFile.get(file) ?? resolveFile(probe, file)
    if (resolved) byFile.set(file, resolved)
    return resolved && { probe, resolved }
  }
  const resolveFile = (probe: Probe, file: ts.SourceFile): readonly Resolved[] | undefined => {
    try {
      checkAll(probes.service.getProgram()!, file.fileName)
    } catch (error) {
      // the checker of a program that was interrupted is not the program's any more
      moment!.probed = undefined
      throw error
    }
    return attempt(file, () => resolve(ts, probe, parsed.get(file)!.found))
  }
  /** Checks a file in its natural order, which is the cheapest; gives way when the editor asks for something else. */
  const checkAll = (program: ts.Program, fileName: string) => {
    const token = host.getCancellationToken?.()
    program.getSemanticDiagnostics(program.getSourceFile(fileName), {
      isCancellationRequested: () => token?.isCancellationRequested() ?? false,
      throwIfCancellationRequested() {
        if (token?.isCancellationRequested()) throw new ts.OperationCanceledException()
      },
    })
  }

  // ---- lowered files

  const taskOf = ({ program, home }: Moment): Task => ({
    ts,
    program,
    asked: program,
    host: undefined,
    home,
    concerned: [],
  })
  const lowered = (fileName: string): LoweredSource | undefined => {
    const known = now()
    const file = known?.program.getSourceFile(fileName)
    if (!known || !file || !known.concerned.has(file)) return undefined
    const done = known.lowered.get(fileName)
    if (done) return done
    try {
      const first = keep(known, lowerFile(known, file, resolvedIn(file)?.resolved ?? []))
      return isHalfTyped(file) ? first : keep(known, verified(known, first))
    } catch (error) {
      if (error instanceof ts.OperationCanceledException) throw error
      known.failed.set(fileName, failure(ts, error))
      return keep(known, lowerFile(known, file, []))
    }
  }
  const keep = (known: Moment, each: LoweredSource): LoweredSource => {
    lowerings++
    known.lowered.set(each.original.fileName, each)
    return each
  }
  const lowerFile = (
    known: Moment,
    file: ts.SourceFile,
    resolved: readonly Resolved[],
    wrong?: readonly Resolved[],
  ): LoweredSource => {
    const explained =
      attempt(file, () => explainedFile(taskOf(known), file, resolved, wrong)) ?? explainedFile(taskOf(known), file, [])
    return { ...explained, found: parsed.get(file)!.found, served: loweredServed(file, explained.mapped.text) }
  }
  const loweredServed = (file: ts.SourceFile, text: string): Served | undefined => {
    if (text === file.text) return undefined
    const last = lastServed.get(file.fileName)
    if (last?.text === text) return last
    const made = serve(text)
    lastServed.set(file.fileName, made)
    return made
  }
  /** Compares what the operators were taken for with what they are in the lowered text, as a build does. */
  const verified = (known: Moment, first: LoweredSource): LoweredSource => {
    let each = first
    for (let round = 1; each.rewritten.ranges.size > 0; round++) {
      const program = mixed.service.getProgram()!
      checkAll(program, each.original.fileName)
      const checker = program.getTypeChecker()
      const reader = tableReader(
        ts,
        checker,
        operatorsKey(ts, checker, program.getSourceFile(known.home.fileName)!),
      )
      const different = differences(ts, checker, reader, program.getSourceFile(each.original.fileName)!, each, false)
      if (different.length === 0) return each
      if (round === ROUNDS) return lowerFile(known, each.original, each.resolved, different)
      const bySite = new Map(different.map(found => [found.site, found]))
      const resolved = each.resolved.map(taken => bySite.get(taken.site) ?? taken)
      each = keep(known, lowerFile(known, each.original, resolved))
    }
    return each
  }

  return {
    now,
    sitesIn: file => parsed.get(file)?.found ?? { file, sites: [] },
    resolved: resolvedIn,
    lowered,
    service() {
      mixed.service.getProgram()
      return mixed.service
    },
    probeTextOf,
    mappedIn(fileName) {
      const done = moment?.lowered.get(fileName)
      return done ? done.served && done.mapped : probeTextOf(fileName)
    },
  }
}

const ROUNDS = 3

interface ParsedFile extends ts.SourceFile {
  readonly parseDiagnostics?: readonly ts.Diagnostic[]
}
export function isHalfTyped(file: ParsedFile): boolean {
  return (file.parseDiagnostics?.length ?? 0) > 0
}
