/**
 * What is to be written for a file: which operators become calls, of what, under which names. The writer follows it, and so does
 * the tree that the lowered text is compared with. It must not write anything itself.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Resolution } from '../meaning/meaning.ts'
import { isDispatched } from '../meaning/order.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import { flatFrom, isTop, longChains, NESTED } from '../syntax/chains.ts'
import { freeName } from '../syntax/inserts.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { hidden, isInParts } from '../syntax/scope.ts'
import { needsOldValue, needsPlace, type Site } from '../syntax/syntax.ts'
import type { FlatLink, Helper, LowerContext } from './context.ts'

/** The form of the runtime's import: where the compiler converts no imports to CommonJS, TypeScript's own form or a call of `require`. */
export type ImportStyle = 'esm' | 'equals' | 'call'

/** The operators of a file that are not native, and what the files that write need to know of them. */
export interface Plan extends LowerContext {
  readonly sites: readonly Site[]
  /** The import of the helpers that are called; undefined when there are none. */
  readonly header: string | undefined
  siteAt(node: ts.Node): Site | undefined
}

export function planOf(
  ts: TypeScript,
  file: ts.SourceFile,
  resolved: readonly ResolvedOperator[],
  style: ImportStyle,
): Plan {
  const sites = resolved.filter(({ resolution }) => resolution.kind !== 'native').map(({ site }) => site)
  const siteAt = new Map<ts.Node, Site>(sites.map(site => [site.node, site]))
  const resolutions = new Map<ts.Node, Resolution>(resolved.map(({ site, resolution }) => [site.node, resolution]))
  const helpers = new Set<Helper>()
  for (const { site, resolution } of resolved) for (const helper of helpersOf(ts, site, resolution)) helpers.add(helper)
  const links = flatLinks(ts, { file, sites: resolved.map(({ site }) => site) }, resolutions)
  if (links.size > 0) helpers.add('chain')
  const prefix = freeName(file.text, '__tsgrad')
  const isHidden = hidden(ts, file, 'String')
  return {
    ts,
    file,
    sites,
    header: helpers.size > 0 ? importText([...helpers], prefix, style) : undefined,
    siteAt: node => siteAt.get(node),
    resolutionOf: site => resolutions.get(site.node) ?? { kind: 'native' },
    linkOf: site => links.get(site.node),
    becomesCall(node) {
      const site = siteAt.get(node)
      if (!site || resolutions.get(node)!.kind === 'text') return false
      return site.form !== 'assign' || needsPlace(ts, site)
    },
    name: helper => writtenName(helper, prefix, style),
    stringIsHidden: at => isHidden(at) || isInParts(ts, at),
  }
}

/** How a helper is called in a file with this import. */
export const writtenName = (helper: Helper, prefix: string, style: ImportStyle): string =>
  style === 'esm' ? `${prefix}_${helper}` : `${prefix}.${helper}`

export function importText(helpers: readonly Helper[], prefix: string, style: ImportStyle): string {
  if (style === 'equals') return `import ${prefix} = require('tsgrad');`
  if (style === 'call') return `const ${prefix} = require('tsgrad') as typeof import('tsgrad');`
  return `import { ${helpers.map(helper => `${helper} as ${prefix}_${helper}`).join(', ')} } from 'tsgrad';`
}

/** All that a module exports, under one name. */
export function namespaceImportText(name: string, module: string, style: ImportStyle): string {
  if (style === 'equals') return `import ${name} = require('${module}');`
  if (style === 'call') return `const ${name} = require('${module}') as typeof import('${module}');`
  return `import * as ${name} from '${module}';`
}

/** The operators of flat chains, by node. */
function flatLinks(
  ts: TypeScript,
  found: FileSites,
  resolutions: ReadonlyMap<ts.Node, Resolution>,
): ReadonlyMap<ts.Node, FlatLink> {
  const links = new Map<ts.Node, FlatLink>()
  for (const chain of new Set(longChains(ts, found).values())) {
    const from = flatFrom(chain, site => !['native', 'text'].includes(resolutions.get(site.node)!.kind))
    if (from === undefined) continue
    for (let i = from; i < chain.sites.length; i++) {
      const { node } = chain.sites[i]!
      const isNested = (i - from) % NESTED > 0
      const around = isNested ? [] : chain.sites.slice(i + 1, i + NESTED).reverse()
      links.set(node, {
        kind: isNested ? 'nested' : i === from ? 'first' : 'later',
        isLast: isTop(chain, node),
        around,
      })
    }
  }
  return links
}

function helpersOf(ts: TypeScript, site: Site, resolution: Resolution): Helper[] {
  if (resolution.kind === 'native' || resolution.kind === 'text') return []
  if (needsPlace(ts, site)) return ['place']
  const helpers: Helper[] = needsOldValue(ts, site) ? ['evaluatedFirst'] : []
  if (isDispatched(ts, site, resolution))
    helpers.push(resolution.kind === 'fold' ? 'foldMath' : dispatchHelper[site.form])
  return helpers
}

const dispatchHelper: Record<Site['form'], Helper> = {
  binary: 'dispatchBinary',
  assign: 'dispatchBinary',
  unary: 'dispatchUnary',
  step: 'dispatchUnary',
  math: 'dispatchMath',
}
