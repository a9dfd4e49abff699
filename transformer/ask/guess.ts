/**
 * Guesses the meaning of a file's operators from declared types and from the results of other operators, without a type check.
 * Fast; it answers "not sure" for syntax that it does not follow, and every guess is verified in the lowered program. It must not know texts.
 */
import type ts from 'typescript'
import type { Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { isFault, type OperandType, type Verdict } from '../meaning/meaning.ts'
import { resolveSite } from '../meaning/resolve-site.ts'
import { type ResolvedOperator, resolvedOperator } from '../meaning/resolved-operator.ts'
import type { Part, Reader } from '../meaning/tables.ts'
import { located } from '../report/errors.ts'
import { longChains } from '../syntax/chains.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { needsPlace, operandsOf, type Site } from '../syntax/syntax.ts'
import { walk } from '../syntax/walk.ts'
import { operandTypeOf } from './operand-types.ts'

/** The type of an expression, as far as a guess can tell: one of its types, or the union where the checker knows it. */
type Value = OperandType

interface Guessed {
  readonly value: Value | undefined
  readonly verdict?: Verdict
  readonly operands?: readonly Value[]
}

const unsure: Guessed = { value: undefined }

/** The meanings of a file's operators; undefined when a guess at one of them is not sure, or finds a fault. */
export type Guess = (found: FileSites) => readonly ResolvedOperator[] | undefined

/** The operators that a guess may need, by their nodes. */
export interface KnownSites {
  at(node: ts.Node): Site | undefined
  fileOf(site: Site): ts.SourceFile
}

/** The operators of some files. */
export function sitesOf(files: readonly FileSites[]): KnownSites {
  const fileOf = new Map<Site, ts.SourceFile>()
  const siteAt = new Map<ts.Node, Site>()
  for (const { file, sites } of files)
    for (const site of sites) {
      siteAt.set(site.node, site)
      fileOf.set(site, file)
    }
  return { at: node => siteAt.get(node), fileOf: site => fileOf.get(site)! }
}

/** `checker` is that of the original program; only what does not depend on an operator is asked of it. */
export function guesser(ts: TypeScript, checker: ts.TypeChecker, reader: Reader, sites: KnownSites): Guess {
  const guessed = new Map<ts.Node, Guessed>()
  const values = new Map<ts.Node, Value | undefined>()
  const dependent = new Map<ts.Node, boolean>()

  const ofType = (type: Type): Value => operandTypeOf(reader, type)
  const ofParts = (parts: readonly Part[]): Value | undefined => parts[0] && { parts, type: parts[0].type }
  const either = (all: readonly (Value | undefined)[]): Value | undefined => {
    if (all.length === 0 || all.includes(undefined)) return undefined
    return ofParts([...new Map(all.flatMap(value => value!.parts).map(part => [part.type, part])).values()])
  }
  const isOne = (value: Value) => value.parts.length === 1 && value.parts[0]!.kind !== 'any'

  // ---- operators

  const guessOf = (site: Site): Guessed => {
    const known = guessed.get(site.node)
    if (known) return known
    // a result that depends on itself is not sure
    guessed.set(site.node, unsure)
    const file = sites.fileOf(site)
    const answer = located(file, site.node.getStart(file), () => guessSite(site))
    guessed.set(site.node, answer)
    return answer
  }

  const guessSite = (site: Site): Guessed => {
    const operands: Value[] = []
    for (const node of operandsOf(site)) {
      const value = ts.isSpreadElement(node) ? undefined : valueAt(node)
      if (!value) return unsure
      operands.push(value)
    }
    const parts = operands.map(value => value.parts)
    // what it was before control flow ruled it out is asked of the probe
    if (parts.some(([first]) => first?.kind === 'never')) return unsure
    const types = operands.map(value => value.type)
    const verdict = resolveSite(ts, reader, site, parts, types, sites.fileOf(site))
    if (isFault(verdict) || (verdict.kind !== 'native' && needsPlace(ts, site))) return unsure
    return { verdict, operands, value: resultOf(site, parts) }
  }

  const resultOf = (site: Site, operands: readonly (readonly Part[])[]): Value | undefined => {
    if (site.form === 'step') return ofParts(operands[0]!)
    if (site.form === 'math') return ofParts(reader.mathResult(site.key, operands))
    return ofParts(reader.result(site.key, operands[0]!, operands[1]))
  }

  // ---- other expressions

  const valueAt = (node: ts.Expression): Value | undefined => {
    if (values.has(node)) return values.get(node)
    values.set(node, undefined)
    const value = compute(node)
    values.set(node, value)
    return value
  }

  const compute = (node: ts.Expression): Value | undefined => {
    const site = sites.at(node)
    if (site) return guessOf(site).value
    if (ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node))
      return valueAt(node.expression)
    if (ts.isConditionalExpression(node)) return either([valueAt(node.whenTrue), valueAt(node.whenFalse)])
    if (ts.isIdentifier(node)) return ofIdentifier(node)
    if (!dependsOnOperator(node)) return ofType(checker.getTypeAtLocation(node))
    if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type))
      return ofType(checker.getTypeFromTypeNode(node.type))
    if (ts.isCallExpression(node)) return ofFunction(functionNamed(node.expression))
    if (ts.isPropertyAccessExpression(node)) return ofProperty(node)
    return undefined
  }

  const ofIdentifier = (node: ts.Identifier): Value | undefined => {
    const declaration = declarationOf(node)
    const isVariable = declaration && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))
    if (isVariable && ts.isIdentifier(declaration.name)) {
      const declared = values.has(declaration.name) ? values.get(declaration.name) : ofVariable(declaration)
      values.set(declaration.name, declared)
      if (declared && isOne(declared)) return declared
    }
    // a union may be narrowed by the control flow, which only the checker follows
    return dependsOnOperator(node) ? undefined : ofType(checker.getTypeAtLocation(node))
  }

  const ofVariable = (declaration: ts.VariableDeclaration | ts.ParameterDeclaration): Value | undefined => {
    if (ts.isParameter(declaration) && (declaration.questionToken || declaration.dotDotDotToken)) return undefined
    if (declaration.type) return ofType(checker.getTypeFromTypeNode(declaration.type))
    return declaration.initializer && valueAt(declaration.initializer)
  }

  const ofProperty = ({ expression, name }: ts.PropertyAccessExpression): Value | undefined => {
    const object = valueAt(expression)
    const property =
      object && isOne(object) ? checker.getPropertyOfType(object.parts[0]!.type as ts.Type, name.text) : undefined
    const declaration = property?.valueDeclaration
    if (!declaration) return undefined
    if (ts.isGetAccessor(declaration)) return ofFunction(declaration)
    if (!ts.isPropertyDeclaration(declaration) && !ts.isPropertySignature(declaration)) return undefined
    if (declaration.type) return ofType(checker.getTypeOfSymbol(property!))
    return ts.isPropertyDeclaration(declaration) && declaration.initializer
      ? valueAt(declaration.initializer)
      : undefined
  }

  // ---- functions

  const functionNamed = (callee: ts.Expression): ts.SignatureDeclaration | undefined => {
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
    if (!ts.isIdentifier(name)) return undefined
    if (ts.isPropertyAccessExpression(callee) && dependsOnOperator(callee.expression)) return undefined
    const declaration = declarationOf(name)
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration
    return value && ts.isFunctionLike(value) ? value : undefined
  }

  const ofFunction = (declaration: ts.SignatureDeclaration | undefined): Value | undefined => {
    if (!declaration || declaration.typeParameters || isResumed(ts, declaration)) return undefined
    if ((checker.getSymbolAtLocation(declaration.name ?? declaration)?.declarations?.length ?? 1) > 1) return undefined
    if (declaration.type) return ofType(checker.getTypeFromTypeNode(declaration.type))
    return either(returnedBy(ts, declaration).map(valueAt))
  }

  const declarationOf = (name: ts.Identifier): ts.Declaration | undefined => {
    const symbol = checker.getSymbolAtLocation(name)
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return target?.valueDeclaration
  }

  // ---- whether the original program's checker can be asked

  const dependsOnOperator = (node: ts.Node): boolean => {
    const known = dependent.get(node)
    if (known !== undefined) return known
    dependent.set(node, false)
    const answer = depends(node)
    dependent.set(node, answer)
    return answer
  }

  const depends = (node: ts.Node): boolean => {
    const site = sites.at(node)
    if (site) {
      const { verdict } = guessOf(site)
      return !verdict || isFault(verdict) || verdict.kind !== 'native'
    }
    if (ts.isIdentifier(node)) return nameDepends(node)
    if (ts.isTypeNode(node)) return false
    if (ts.isFunctionLike(node)) return !node.type && returnedBy(ts, node).some(dependsOnOperator)
    if (ts.isPropertyAccessExpression(node)) return dependsOnOperator(node.expression) || nameDepends(node.name)
    if (ts.isBinaryExpression(node)) return chainDepends(node)
    return ts.forEachChild(node, child => dependsOnOperator(child) || undefined) ?? false
  }

  /** Of operators that no class could name, which may be thousands, nested down their left operands. */
  const chainDepends = (node: ts.BinaryExpression): boolean => {
    let at: ts.Expression = node
    for (; ts.isBinaryExpression(at) && !sites.at(at); at = at.left) if (dependsOnOperator(at.right)) return true
    return dependsOnOperator(at)
  }

  const nameDepends = (name: ts.MemberName): boolean => {
    const declaration = ts.isIdentifier(name) ? declarationOf(name) : undefined
    if (!declaration) return false
    if (ts.isFunctionLike(declaration)) return dependsOnOperator(declaration)
    if (ts.isParameter(declaration) && !declaration.type && !declaration.initializer)
      return calleeDepends(declaration.parent)
    const source = sourceOf(ts, declaration)
    return source !== undefined && dependsOnOperator(source)
  }

  /** The parameters of a function that is an argument get their types from the called function's signature. */
  const calleeDepends = ({ parent }: ts.Node): boolean =>
    ts.isCallExpression(parent) && dependsOnOperator(parent.expression)

  return ({ file, sites }) => {
    if (longChains(ts, { file, sites }).size > 0) return undefined
    const all: ResolvedOperator[] = []
    // the inner ones of an expression first, so that no chain is walked down by recursion
    for (const site of innerFirst(sites)) if (!guessOf(site).verdict) return undefined
    for (const site of sites) {
      const { verdict, operands } = guessOf(site)
      const types = operands!.map(({ type, parts }) => (parts[0]!.type === type ? parts.map(part => part.type) : type))
      all.push(resolvedOperator(reader, site, verdict!, types))
    }
    return all
  }
}

/** Sites come outer before inner; here each outermost one follows those inside of it. */
function* innerFirst(sites: readonly Site[]): Generator<Site> {
  for (let start = 0; start < sites.length; ) {
    let end = start + 1
    while (end < sites.length && sites[end]!.node.pos < sites[start]!.node.end) end++
    for (let i = end - 1; i >= start; i--) yield sites[i]!
    start = end
  }
}

/** The expression that determines the type of a declaration without annotation. */
function sourceOf(ts: TypeScript, declaration: ts.Declaration): ts.Node | undefined {
  if (ts.isBindingElement(declaration)) return sourceOf(ts, declaration.parent.parent)
  if ('type' in declaration && declaration.type) return undefined
  if (ts.isVariableDeclaration(declaration) && ts.isForOfStatement(declaration.parent.parent))
    return declaration.parent.parent.expression
  return 'initializer' in declaration ? (declaration.initializer as ts.Node | undefined) : undefined
}

/** A call of an async function or a generator does not have the type of its `return` expressions. */
function isResumed(ts: TypeScript, declaration: ts.SignatureDeclaration): boolean {
  if ('asteriskToken' in declaration && declaration.asteriskToken) return true
  return (
    ts.canHaveModifiers(declaration) &&
    (ts.getModifiers(declaration) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  )
}

/** The expressions that a function returns. */
function returnedBy(ts: TypeScript, declaration: ts.SignatureDeclaration): ts.Expression[] {
  const body = 'body' in declaration ? declaration.body : undefined
  if (!body) return []
  if (!ts.isBlock(body)) return [body as ts.Expression]
  const results: ts.Expression[] = []
  walk(ts, body, node => {
    if (ts.isReturnStatement(node) && node.expression) results.push(node.expression)
    return ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isExpression(node) ? 'skip' : undefined
  })
  return results
}
