/**
 * What follows from the text of one file alone: its operators and its probe text. It is kept as long as the parsed file is.
 * It must not know types.
 */
import type ts from 'typescript'
import { desugar, type ProbeText } from '../../ask/desugar.ts'
import type { KnownSites } from '../../ask/guess.ts'
import { helperType } from '../../ask/probe.ts'
import { explainedFile } from '../../build/explained.ts'
import type { Task } from '../../build/task.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { InternalFile } from '../../compiler/undocumented.ts'
import type { Resolved } from '../../meaning/resolved.ts'
import { type FileSites, findSites } from '../../syntax/rewrite.ts'
import type { Site } from '../../syntax/syntax.ts'
import type { LoweredSource, Moment } from './project.ts'
import type { Served } from './shadow.ts'

export interface Parsed {
  readonly found: FileSites
  /** Whether the file has syntax errors. */
  readonly isHalfTyped: boolean
  /** Undefined without operators. */
  probe(): { readonly text: ProbeText; readonly served: Served } | undefined
}

export interface ParsedFiles extends KnownSites {
  of(file: ts.SourceFile, home: string): Parsed
  /** The lowered file; with its own text when nothing was resolved. */
  lowered(task: Task, parsed: Parsed, resolved: readonly Resolved[], wrong?: readonly Resolved[]): LoweredSource
  /** Of the files that were lowered before an edit, those that do not reach an edited one. */
  untouched(before: Moment, program: ts.Program): Map<string, LoweredSource>
  /** A half-typed file may be in a state that nobody thought of: its operators are left alone then. */
  attempt<T>(parsed: Pick<Parsed, 'isHalfTyped'>, work: () => T): T | undefined
}

export function createParsedFiles(ts: TypeScript): ParsedFiles {
  const known = new WeakMap<ts.SourceFile, Parsed>()
  const siteAt = new WeakMap<ts.Node, Site>()
  const last = new Map<string, Served>()
  let served = 0
  const serve = (text: string): Served => ({ text, version: `tsgrad-${++served}` })

  const attempt: ParsedFiles['attempt'] = ({ isHalfTyped }, work) => {
    try {
      return work()
    } catch (error) {
      if (!isHalfTyped || error instanceof ts.OperationCanceledException) throw error
      return undefined
    }
  }
  const make = (file: ts.SourceFile, home: string): Parsed => {
    const isHalfTyped = parseErrors(file).length > 0
    const found = findSites(ts, file)
    for (const site of found.sites) siteAt.set(site.node, site)
    let probe: ReturnType<Parsed['probe']> | null = null
    const makeProbe = () => {
      const text =
        found.sites.length > 0 ? attempt({ isHalfTyped }, () => desugar(ts, found, helperType(home))) : undefined
      return text && { text, served: serve(text.mapped.text) }
    }
    return {
      found,
      isHalfTyped,
      probe() {
        if (probe === null) probe = makeProbe()
        return probe
      },
    }
  }
  return {
    at: node => siteAt.get(node),
    fileOf: site => site.node.getSourceFile(),
    of(file, home) {
      const made = known.get(file) ?? make(file, home)
      known.set(file, made)
      return made
    },
    lowered(task, parsed, resolved, wrong) {
      const { found, isHalfTyped } = parsed
      const { file } = found
      const explained =
        attempt(parsed, () => explainedFile(task, file, resolved, wrong)) ?? explainedFile(task, file, [])
      const { text } = explained.mapped
      const before = last.get(file.fileName)
      const now = text === file.text ? undefined : before?.text === text ? before : serve(text)
      if (now) last.set(file.fileName, now)
      return { ...explained, found, isHalfTyped, served: now }
    },
    untouched({ program: was, lowered, dependencies, task }, program) {
      const edited = program.getSourceFiles().filter(file => was.getSourceFile(file.fileName) !== file)
      const names = edited.map(file => file.fileName)
      const touched = new Set([...names, ...dependencies.above(names)])
      const kept = [...lowered.values()].filter(each => !touched.has(each.original.fileName) && isSettled(each))
      return new Map(kept.map(each => [each.original.fileName, withoutTypes({ ...task, asked: program }, each)]))
    },
    attempt,
  }
}

/** Errors of the text alone. */
export const parseErrors = (file: InternalFile): readonly ts.Diagnostic[] => file.parseDiagnostics ?? []

/** Whether all there is to say of a file's operators is its lowered text. */
const isSettled = ({ isHalfTyped, resolved, wrong }: LoweredSource) =>
  !isHalfTyped && wrong.length === 0 && resolved.every(({ fault }) => !fault)

/** What is kept longer than a program must not hold its types. */
function withoutTypes(task: Task, each: LoweredSource): LoweredSource {
  if (each.isKept) return each
  const resolved = each.resolved.map(({ site, resolution }) => ({ site, resolution, types: () => [] }))
  return { ...each, ...explainedFile(task, each.original, resolved), isKept: true }
}
