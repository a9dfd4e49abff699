/**
 * Lowers a file: every resolved operator becomes a method call, and everything else is copied.
 * Pure: the original text and the resolutions in, TypeScript with its source map out. It must not ask the checker.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Resolution } from '../meaning/meaning.ts'
import { isDispatched } from '../meaning/order.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import { flatFrom, isTop, longChains, withoutParentheses } from '../syntax/chains.ts'
import { firstStatement, freeName } from '../syntax/inserts.ts'
import { type FileSites, type Forms, type Rewritten, rewrite } from '../syntax/rewrite.ts'
import { hidden } from '../syntax/scope.ts'
import { needsOldValue, needsPlace, type Site } from '../syntax/syntax.ts'
import { writeAssignment, writeStep } from './assignments.ts'
import { closeBinary, openBinary, writeMath, writeUnary } from './calls.ts'
import { type FlatLink, type Helper, isReflectedCall, type LowerContext } from './context.ts'

/** The form of the runtime's import: `import x = require('tsgrad')` where the compiler does not convert imports. */
export type ImportStyle = 'esm' | 'require'

/** The lowered text of a file; undefined when all its operators are native, so that the file stays unchanged. */
export function lower(
  ts: TypeScript,
  file: ts.SourceFile,
  resolved: readonly ResolvedOperator[],
  style: ImportStyle,
): Rewritten | undefined {
  const sites = resolved.filter(({ resolution }) => resolution.kind !== 'native').map(({ site }) => site)
  if (sites.length === 0) return undefined
  const resolutions = new Map<ts.Node, Resolution>(resolved.map(({ site, resolution }) => [site.node, resolution]))
  const helpers = new Set<Helper>()
  for (const { site, resolution } of resolved)
    for (const helper of helpersOf(ts, file, site, resolution)) helpers.add(helper)
  const links = flatLinks(ts, { file, sites: resolved.map(({ site }) => site) }, resolutions)
  if (links.size > 0) helpers.add('chain')
  const prefix = freeName(file.text, '__tsgrad')
  const context: LowerContext = {
    ts,
    file,
    resolutionOf: site => resolutions.get(site.node) ?? { kind: 'native' },
    linkOf: site => links.get(site.node),
    isRewritten: node => !['native', 'text', undefined].includes(resolutions.get(node)?.kind),
    name: helper => (style === 'esm' ? `${prefix}_${helper}` : `${prefix}.${helper}`),
    stringIsHidden: hidden(ts, file, 'String'),
  }
  const header = helpers.size > 0 ? importHeader(ts, file, importText([...helpers], prefix, style)) : undefined
  return rewrite(ts, { file, sites }, forms(context), header)
}

function importText(helpers: readonly Helper[], prefix: string, style: ImportStyle): string {
  if (style === 'require') return `import ${prefix} = require('tsgrad');`
  return `import { ${helpers.map(helper => `${helper} as ${prefix}_${helper}`).join(', ')} } from 'tsgrad';`
}

/**
 * The place of the inserted import: after the file's leading imports, so that declarations name types by the user's imports.
 * Without imports, before the first statement and its doc comment, but after pragmas and licences.
 */
function importHeader(ts: TypeScript, file: ts.SourceFile, text: string): { at: number; text: string } {
  const start = firstStatement(ts, file)
  const first = file.statements.findIndex(node => node.getStart(file) === start)
  const isImport = (node: ts.Statement) => ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)
  const behind = file.statements.findIndex((node, i) => i >= first && !isImport(node))
  const last = behind === -1 ? file.statements.at(-1) : file.statements[behind - 1]
  if (last && isImport(last)) return { at: last.end, text: `${file.text[last.end - 1] === ';' ? ' ' : '; '}${text}` }
  // not the parsed JSDoc, which a command-line compiler does not have
  const comments = ts.getLeadingCommentRanges(file.text, file.statements[first]?.pos ?? start) ?? []
  const texts = comments.map(({ pos, end }) => file.text.slice(pos, end))
  const isDoc = texts.at(-1)?.startsWith('/**') && !texts.some(text => /@jsx|@ts-|@license/.test(text))
  // a comment on the import's line would belong to the import
  return isDoc ? { at: comments.at(-1)!.pos, text: `${text}\n` } : { at: start, text: `${text} ` }
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
    for (const [i, { node }] of chain.sites.entries())
      if (i >= from) links.set(node, { kind: i === from ? 'first' : 'later', isLast: isTop(chain, node) })
  }
  return links
}

function helpersOf(ts: TypeScript, file: ts.SourceFile, site: Site, resolution: Resolution): Helper[] {
  if (resolution.kind === 'native' || resolution.kind === 'text') return []
  if (needsPlace(ts, site)) return ['place']
  const helpers: Helper[] = needsOldValue(ts, site) ? ['evaluatedFirst'] : []
  if (isDispatched({ ts, file }, site, resolution)) helpers.push(dispatchHelper[site.form])
  return helpers
}

const dispatchHelper: Record<Site['form'], Helper> = {
  binary: 'dispatchBinary',
  assign: 'dispatchBinary',
  unary: 'dispatchUnary',
  step: 'dispatchUnary',
  math: 'dispatchMath',
}

function forms(context: LowerContext): Forms {
  return {
    leftOf: site =>
      context.linkOf(site)?.kind === 'later'
        ? withoutParentheses(context.ts, context.file, site.node.left)
        : site.node.left,
    movesLeft: site => isReflectedCall(context, site),
    open: (site, writer) => openBinary(context, site, writer),
    close: (site, writer, emit) => closeBinary(context, site, writer, emit),
    write(site, writer, emit) {
      switch (site.form) {
        case 'assign':
          writeAssignment(context, site, writer, emit)
          break
        case 'step':
          writeStep(context, site, writer, emit)
          break
        case 'unary':
          writeUnary(context, site, writer, emit)
          break
        case 'math':
          writeMath(context, site, writer, emit)
          break
        default:
          site satisfies never
      }
    },
  }
}
