/** Lowers a text with made-up meanings of its operators, without asking a checker, and proves the tree of what comes out. */
import ts from 'typescript'
import type { InternalFile } from '../transformer/compiler/undocumented.ts'
import { lower } from '../transformer/lower/lower.ts'
import { prove } from '../transformer/lower/prove.ts'
import type { Resolution } from '../transformer/meaning/meaning.ts'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { type Site, targetOf } from '../transformer/syntax/syntax.ts'

/** What an operator may mean; `reflected` and `text` are methods where the operator has no such form. */
export const meanings = ['native', 'method', 'reflected', 'dispatch', 'text'] as const
export type Meaning = (typeof meanings)[number]

/** All operators with one meaning, and mixtures of all meanings. */
export const mixtures: readonly (readonly [string, () => (i: number) => Meaning])[] = [
  ...meanings.map(meaning => [`all ${meaning}`, () => () => meaning] as const),
  ...[1, 2, 3, 4].map(step => [`mixture ${step}`, () => (i: number) => meanings[(i * step + step) % 5]!] as const),
]

export function parse(text: string, name = 'main.ts'): ts.SourceFile {
  const file: InternalFile = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext)
  const [error] = file.parseDiagnostics ?? []
  if (error) {
    const at = file.text.slice(Math.max(0, error.start! - 60), error.start! + 60)
    throw new Error(`${ts.flattenDiagnosticMessageText(error.messageText, ' ')} at ${JSON.stringify(at)}`)
  }
  return file
}

/** The lowered text, where each operator means what `meaningOf` says, as far as its form can. @throws where its tree is not the one meant. */
export function lowerAs(text: string, meaningOf: (site: Site) => Meaning, name?: string): string {
  const file = parse(text, name)
  const operators = findSites(ts, file).sites.map(site => ({
    site,
    resolution: hasTarget(site) ? resolutionOf(site, meaningOf(site)) : ({ kind: 'native' } as const),
    types: () => [],
  }))
  const lowered = lower(ts, file, operators, 'esm')
  if (!lowered) return text
  const parsed = parse(lowered.mapped.text, name)
  prove(ts, file, operators, 'esm', parsed)
  return lowered.mapped.text
}

function resolutionOf({ form, node }: Site, meaning: Meaning): Resolution {
  const method = 'named'
  if (meaning === 'dispatch') return { kind: 'dispatch', method, reflected: 'reflected' }
  if (meaning === 'text' && (form === 'binary' || form === 'assign') && /^\+=?$/.test(node.operatorToken.getText()))
    return { kind: 'text', operand: node.pos % 2 ? 'left' : 'right' }
  const isLong = form === 'math' && node.arguments.length > 2
  if (meaning === 'reflected' && isLong)
    return { kind: 'fold', method, reflected: 'reflected', calls: node.pos % 3 > 0 }
  const isBinary = form === 'binary' || form === 'assign' || (form === 'math' && node.arguments.length === 2)
  if (meaning === 'reflected' && isBinary) return { kind: 'reflected', method }
  return meaning === 'native' ? { kind: 'native' } : { kind: 'method', method }
}

/** `f() += 1` parses, but is refused with a diagnostic: there is nothing to lower it to. */
function hasTarget(site: Site): boolean {
  const target = targetOf(ts, site)
  return (
    !target || ts.isIdentifier(target) || ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)
  )
}
