/**
 * Facts that depend on the text of one file, and on the names that it sees: its operators and its probe text. They are cached as long as
 * the parsed file, while these names stay. It must not know types.
 */
import type ts from 'typescript'
import { desugar, type ProbeText } from '../../ask/desugar.ts'
import { withoutExported } from '../../ask/exported-names.ts'
import type { KnownSites } from '../../ask/guess.ts'
import { helperType } from '../../ask/probe.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { InternalFile } from '../../compiler/undocumented.ts'
import { type FileSites, findSites } from '../../syntax/rewrite.ts'
import { hasParts } from '../../syntax/scope.ts'
import type { Site } from '../../syntax/syntax.ts'
import { type ServedText, servedTexts } from './shadow.ts'

export interface Parsed {
  readonly found: FileSites
  /** Whether the file has syntax errors. */
  readonly isHalfTyped: boolean
  /** Undefined without operators. */
  probe(): { readonly text: ProbeText; readonly served: ServedText } | undefined
}

export interface ParsedFiles extends KnownSites {
  /** @param program the one that has the file. */
  of(file: ts.SourceFile, home: string, program: ts.Program): Parsed
  /** A half-typed file may break an assumption of the probe's writer: its operators stay native then. */
  attempt<T>(parsed: Pick<Parsed, 'isHalfTyped'>, work: () => T): T | undefined
}

export function createParsedFiles(ts: TypeScript): ParsedFiles {
  const known = new WeakMap<ts.SourceFile, { readonly all: FileSites; readonly parsed: Parsed }>()
  const siteAt = new WeakMap<ts.Node, Site>()
  const serve = servedTexts('probe')

  const attempt: ParsedFiles['attempt'] = ({ isHalfTyped }, work) => {
    try {
      return work()
    } catch (error) {
      if (!isHalfTyped || error instanceof ts.OperationCanceledException) throw error
      return undefined
    }
  }
  const make = (found: FileSites, home: string): Parsed => {
    const isHalfTyped = parseErrors(found.file).length > 0
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
    of(file, home, program) {
      const before = known.get(file)
      const all = before?.all ?? findSites(ts, file)
      const found = hasParts(ts, file) ? withoutExported(ts, program.getTypeChecker(), all) : all
      if (before && hasSameSites(before.parsed.found, found)) return before.parsed
      for (const { node } of all.sites) siteAt.delete(node)
      const parsed = make(found, home)
      known.set(file, { all, parsed })
      return parsed
    },
    attempt,
  }
}

const hasSameSites = (one: FileSites, other: FileSites) =>
  one.sites.length === other.sites.length && one.sites.every((site, i) => site === other.sites[i])

/** Errors of the text alone. */
export const parseErrors = (file: InternalFile): readonly ts.Diagnostic[] => file.parseDiagnostics ?? []
