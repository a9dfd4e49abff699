/**
 * Facts that depend on the text of one file alone: its operators and its probe text. They are cached as long as the parsed file.
 * It must not know types.
 */
import type ts from 'typescript'
import { desugar, type ProbeText } from '../../ask/desugar.ts'
import type { KnownSites } from '../../ask/guess.ts'
import { helperType } from '../../ask/probe.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { InternalFile } from '../../compiler/undocumented.ts'
import { type FileSites, findSites } from '../../syntax/rewrite.ts'
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
  of(file: ts.SourceFile, home: string): Parsed
  /** A half-typed file may break an assumption of the probe's writer: its operators stay native then. */
  attempt<T>(parsed: Pick<Parsed, 'isHalfTyped'>, work: () => T): T | undefined
}

export function createParsedFiles(ts: TypeScript): ParsedFiles {
  const known = new WeakMap<ts.SourceFile, Parsed>()
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
    attempt,
  }
}

/** Errors of the text alone. */
export const parseErrors = (file: InternalFile): readonly ts.Diagnostic[] => file.parseDiagnostics ?? []
