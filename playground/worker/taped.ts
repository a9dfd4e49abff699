/**
 * The text of a program with its operators decided at run time, so that functions on plain numbers run on the tape too: what the tape
 * would take can be measured beside a compiled derivative. It must not know what is measured.
 */
import type ts from 'typescript'
import { rules } from '../../runtime/rules/rules.ts'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { lower } from '../../transformer/lower/lower.ts'
import type { Resolution } from '../../transformer/meaning/meaning.ts'
import { findSites } from '../../transformer/syntax/rewrite.ts'
import { isFolded, type Site } from '../../transformer/syntax/syntax.ts'

/** The methods of `NumberWithGrad` by the keys of its table, each with the one for an object on the right. */
const methods: ReadonlyMap<string, readonly [method: string, reflected: string]> = new Map<string, [string, string]>([
  ...Object.entries(rules).flatMap(([name, { keys }]) =>
    keys.map((key): [string, [string, string]] => [key, [name, `r${name}`]]),
  ),
  ['<', ['lt', 'gt']],
  ['>', ['gt', 'lt']],
  ['<=', ['le', 'ge']],
  ['>=', ['ge', 'le']],
  ['++', ['add', 'radd']],
  ['--', ['sub', 'rsub']],
])

/** A text whose derivatives are in it already; what they compute stays as it is. */
export function tapedText(ts: TypeScript, file: ts.SourceFile): string {
  const isCompiled = (node: ts.Node): boolean => {
    const { parent } = node
    if (parent === undefined || ts.isSourceFile(parent)) return false
    return (isDifferentiable(ts, parent) && parent.arguments[1] === node) || isCompiled(parent)
  }
  const resolved = findSites(ts, file).sites.flatMap(site => {
    const resolution = isCompiled(site.node) || isPlain(ts, site) ? undefined : resolutionOf(site)
    return resolution ? [{ site, resolution, types: () => [] }] : []
  })
  return lower(ts, file, resolved, 'esm')?.mapped.text ?? file.text
}

function resolutionOf(site: Site): Resolution | undefined {
  const found = methods.get(site.key)
  if (!found) return undefined
  const [method, reflected] = found
  if (site.form === 'math' && isFolded(site) && site.node.arguments.length > 2)
    return { kind: 'fold', method, reflected, calls: false }
  return { kind: 'dispatch', method, reflected }
}

/** What computes an index, or counts the turns of a loop, meets no tracked number. */
function isPlain(ts: TypeScript, { node, form }: Site): boolean {
  const { parent } = node
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === node
  if (ts.isForStatement(parent)) return form === 'step' && parent.incrementor === node
  if (ts.isParenthesizedExpression(parent) || !ts.isBinaryExpression(parent)) return false
  return isIndex(ts, parent)
}

const isIndex = (ts: TypeScript, node: ts.Node): boolean =>
  (ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node) ||
  (ts.isBinaryExpression(node.parent) && isIndex(ts, node.parent))

/** A call that hangs compiled derivatives on a function, as the transformer writes it. */
export const isDifferentiable = (ts: TypeScript, node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isIdentifier(node.expression) &&
  /^__tsgrad\d*_differentiable$/.test(node.expression.text)
