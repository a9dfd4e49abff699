/**
 * Operators that a file leaves to JavaScript only because TypeScript does not find a module or a name, so that their operands have no type.
 * A compiler reports these, and its build fails; a host that runs no type check must hear of the operator.
 * It must not know who asks.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalType } from '../compiler/undocumented.ts'
import { COMPONENT } from '../program/file-names.ts'
import { type UnresolvedImport, unresolvedImports } from '../program/imports.ts'
import { type CatalogueEntry, catalogue, diagnostic } from '../report/diagnostics.ts'
import { findSites } from '../syntax/rewrite.ts'
import { operandsOf, operatorSpan, operatorText, type Site } from '../syntax/syntax.ts'

/** Says which operators of a file have no meaning for want of a module or a name, in the file's own text. */
export type UnresolvedOperators = (
  file: ts.SourceFile,
  below: () => ReadonlySet<string>,
  reported: readonly ts.Diagnostic[],
) => readonly ts.Diagnostic[]

/** What TypeScript does not find. */
interface Missing {
  readonly entry: CatalogueEntry
  readonly args: readonly string[]
}

/** @param program is that of the lowered texts, in which the operators that are left are JavaScript's. */
export function unresolvedOperators(ts: TypeScript, program: ts.Program): UnresolvedOperators {
  const unresolved = unresolvedImports(ts, program)
  const checker = program.getTypeChecker()
  return (file, below, reported) => {
    const own = unresolved.get(file.fileName) ?? []
    // nearly always nothing is missing, and each module of a build is asked for
    const others = unresolved.size === 0 ? [] : [...below()].flatMap(name => unresolved.get(name) ?? [])
    const [missing] = [...[...own, ...others].map(missingModule), ...reported.flatMap(missingName)]
    if (!missing) return []
    // what such a value gives may be of type `any` in the end; a component rarely gives more than itself
    const takesAny = [...own, ...others.filter(each => each.isDynamic)].some(each => !COMPONENT.test(each.specifier))
    return findSites(ts, file).sites.flatMap(site => {
      if (joinsText(ts, checker, site)) return []
      const operand = operandsOf(site).find(each => isUntyped(ts, checker, each, takesAny))
      return operand ? [notFound(ts, file, site, operand, missing)] : []
    })
  }
}

const missingModule = ({ specifier, fileName }: UnresolvedImport): Missing => ({
  entry: catalogue.moduleNotFound,
  args: [specifier, fileName.slice(fileName.lastIndexOf('/') + 1)],
})

/** A name that a tool may put in, such as `inject` of esbuild and the ProvidePlugin of webpack. */
function missingName({ code, messageText }: ts.Diagnostic): readonly Missing[] {
  const [, name] = /^Cannot find name '(.+?)'/.exec(typeof messageText === 'string' ? messageText : '') ?? []
  const isOne = (code === 2304 || code === 2552) && name !== undefined && !OF_RUNTIMES.has(name)
  return isOne ? [{ entry: catalogue.nameNotFound, args: [name] }] : []
}

/** Names of runtimes, whose types may not be installed. */
const OF_RUNTIMES = new Set(['__dirname', '__filename', 'global', 'gc', 'Bun', 'Deno'])

function notFound(
  ts: TypeScript,
  file: ts.SourceFile,
  site: Site,
  operand: ts.Expression,
  { entry, args }: Missing,
): ts.Diagnostic {
  const all = [operand.getText(file), operatorText(site, file), ...args]
  return diagnostic(ts, entry, file, operatorSpan(site, file), ...all)
}

/** `'text' + x` is JavaScript's, whatever `x` is. */
function joinsText(ts: TypeScript, checker: ts.TypeChecker, site: Site): boolean {
  const [left] = operandsOf(site)
  return (
    site.form === 'binary' &&
    site.key === '+' &&
    (checker.getTypeAtLocation(left!).flags & ts.TypeFlags.StringLike) !== 0
  )
}

/** Whether a missing module or name may be why an operand has no type. */
function isUntyped(ts: TypeScript, checker: ts.TypeChecker, operand: ts.Expression, takesAny: boolean): boolean {
  const at = ts.isSpreadElement(operand) ? operand.expression : operand
  const type = checker.getTypeAtLocation(at)
  const element = at === operand ? undefined : checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  if ([type, element].some(each => each && restsOnError(ts, checker, each))) return true
  return (type.flags & ts.TypeFlags.Any) !== 0 && (takesAny || isGiven(ts, checker, at))
}

/** Whether a type is that of an error, or one of its members is, or its constraint, or what its class extends. */
function restsOnError(ts: TypeScript, checker: ts.TypeChecker, type: ts.Type): boolean {
  const found = (each: ts.Type) => restsOnError(ts, checker, each)
  if (isOfError(type)) return true
  if (type.isUnionOrIntersection()) return type.types.some(found)
  if (type.flags & ts.TypeFlags.TypeParameter) return [checker.getBaseConstraintOfType(type) ?? []].flat().some(found)
  if (!type.isClassOrInterface()) return false
  const heritage = (type.symbol.declarations ?? []).flatMap(each => extendedBy(ts, each))
  return heritage.some(each => isOfError(checker.getTypeAtLocation(each))) || checker.getBaseTypes(type).some(found)
}

/** What a class or an interface extends: the constructor of a class, the type of an interface. */
function extendedBy(ts: TypeScript, declaration: ts.Declaration): readonly ts.Node[] {
  if (!ts.isClassLike(declaration) && !ts.isInterfaceDeclaration(declaration)) return []
  return (declaration.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => types.map(each => (ts.isInterfaceDeclaration(declaration) ? each : each.expression)))
}

/** Whether a function around a node is an argument of what has the type of an error, which gives it its parameters. */
function isGiven(ts: TypeScript, checker: ts.TypeChecker, node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent)
    if (ts.isFunctionLike(at) && ts.isCallExpression(at.parent)) {
      if (isOfError(checker.getTypeAtLocation(at.parent.expression))) return true
    }
  return false
}

/** Unlike `any` that the user wrote, which is JavaScript's by its meaning. */
function isOfError({ intrinsicName }: InternalType): boolean {
  return intrinsicName === 'error' || intrinsicName === 'unresolved'
}
