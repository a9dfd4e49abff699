/**
 * Leaves out functions whose object another file declares: the blocks of a namespace, and of an enum, see what each of them exports,
 * in whatever file it stands. It must not know what operators mean.
 */
import type ts from 'typescript'
import type { Checker } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { hasParts } from '../syntax/scope.ts'
import type { Site } from '../syntax/syntax.ts'

/** The operators of a file without calls of functions of a `Math` or a `Number` that is not JavaScript's. */
export function withoutExported(ts: TypeScript, checker: Checker, found: FileSites): FileSites {
  if (!hasParts(ts, found.file)) return found
  const sites = found.sites.filter(site => !isExported(ts, checker, site))
  return sites.length === found.sites.length ? found : { ...found, sites }
}

function isExported(ts: TypeScript, checker: Checker, { form, key, node }: Site): boolean {
  if (form !== 'math') return false
  const [name] = key.split('.') as [ts.__String]
  const exports = ({ name: of }: ts.ModuleDeclaration | ts.EnumDeclaration) => checker.getSymbolAtLocation(of)?.exports
  for (let at: ts.Node = node.parent; at; at = at.parent)
    if ((ts.isModuleDeclaration(at) || ts.isEnumDeclaration(at)) && exports(at)?.get(name)) return true
  return false
}
