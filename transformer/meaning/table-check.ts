/**
 * Finds entries of `[operators]` tables that name no operator, or no method of their class: one error at the table, none at its uses.
 * It must not know operators' positions or texts.
 */
import type ts from 'typescript'
import type { CheckedSymbol, Checker, Signature, Type } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue } from '../report/diagnostics.ts'
import { BINARY_KEYS, isFunctionKey, OPERATOR_KEYS } from '../syntax/syntax.ts'
import { walk } from '../syntax/walk.ts'

export interface TableFault {
  readonly entry: CatalogueEntry
  readonly args: readonly string[]
  /** The entry's place in its file. */
  readonly start: number
  readonly length: number
}

/** Whether a file may declare a table: its text contains the symbol's name, also where an import renames it. */
export function mayHoldTables(file: ts.SourceFile): boolean {
  return /\boperators\b/.test(file.text)
}

/** The faults of all tables that a file declares. `operatorsKey` is the checker's name for properties under the symbol. */
export function checkTables(ts: TypeScript, checker: Checker, file: ts.SourceFile, operatorsKey: string): TableFault[] {
  if (!mayHoldTables(file)) return []
  const faults: TableFault[] = []
  walk(ts, file, node => {
    if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return
    const table = [...node.members].find(({ name }) => {
      return name && ts.isComputedPropertyName(name) && checker.getSymbolAtLocation(name)?.escapedName === operatorsKey
    })
    if (table && isWritten(ts, table)) faults.push(...faultsOf(ts, checker, file, node, table))
  })
  return faults
}

type Owner = ts.ClassLikeDeclaration | ts.InterfaceDeclaration
type TableMember = ts.PropertyDeclaration | ts.PropertySignature | ts.MethodDeclaration | ts.MethodSignature

function isWritten(ts: TypeScript, member: ts.ClassElement | ts.TypeElement): member is TableMember {
  return (
    ts.isPropertyDeclaration(member) ||
    ts.isPropertySignature(member) ||
    ts.isMethodDeclaration(member) ||
    ts.isMethodSignature(member)
  )
}

function faultsOf(
  ts: TypeScript,
  checker: Checker,
  file: ts.SourceFile,
  owner: Owner,
  table: TableMember,
): TableFault[] {
  const fault = (entry: CatalogueEntry, at: ts.Node, ...args: string[]): TableFault => {
    const start = at.getStart(file)
    return { entry, args, start, length: at.end - start }
  }
  const instance = instanceOf(ts, checker, owner, table)
  const shown = checker.typeToString(instance)
  const unreadable = kindFault(ts, checker, file, table)
  if (unreadable) return [fault(unreadable.entry, table.name, shown, ...unreadable.args)]

  const written = writtenEntries(ts, file, table)
  const keyFaults = written.flatMap(({ side, key, at }) => {
    const keys: readonly string[] = side === 'direct' ? OPERATOR_KEYS : BINARY_KEYS
    const isKey = side === 'direct' ? isFunctionKey(key) : /^Math\.\w+$/.test(key)
    if (keys.includes(key) || isKey) return []
    const list = `${keys.join(' ')}${side === 'direct' ? ', Math.<name>, Number.isNaN and its like' : ' and Math.<name>'}`
    return [fault(catalogue.noSuchOperator, at, side === 'direct' ? '' : ' under `reflected`', key, list)]
  })
  const loose = written.length === 0 ? looseEntry(ts, checker, table) : undefined
  if (loose !== undefined) return [fault(catalogue.entryNamesNothing, table.name, loose, shown)]
  const isKey = ({ at }: WrittenEntry) => !keyFaults.some(({ start }) => start === at.getStart(file))
  const direct = new Map(
    written.flatMap(({ side, key, name }) => (side === 'direct' && name ? [[key, name.text]] : [])),
  )
  const methodFaults = written.filter(isKey).flatMap(({ side, key, at, name }) => {
    if (!name) return [fault(catalogue.entryNamesNothing, at, key, shown)]
    const method = checker.getPropertyOfType(instance, name.text)
    const signatures = method ? checker.getTypeOfSymbol(method).getCallSignatures() : []
    if (signatures.length === 0) {
      const what = method ? 'is not a method of' : missing(ts, checker, instance)
      return [fault(catalogue.noSuchMethod, name, key, name.text, what, shown)]
    }
    const why = side === 'reflected' ? whyDead(ts, checker, instance, signatures, direct.get(key), { key, name }) : ''
    return why ? [fault(catalogue.deadEntry, at, key, why)] : []
  })
  const isAlone = ts.isInterfaceDeclaration(owner) && owner.members.length === 1 && isInModule(ts, owner)
  const none =
    methodFaults.length === written.length && methodFaults.every(each => each.entry === catalogue.noSuchMethod)
  if (isAlone && none && written.length > 0)
    return [fault(catalogue.mergesWithNothing, (owner as ts.InterfaceDeclaration).name, shown)]
  return [...keyFaults, ...methodFaults].sort((a, b) => a.start - b.start)
}

/** The type that has the methods: of an object, or for a static table of the class itself. */
function instanceOf(ts: TypeScript, checker: Checker, owner: Owner, table: TableMember): Type {
  const type = checker.getTypeAtLocation(owner)
  const symbol = symbolOf(ts, type)
  const isStatic = table.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
  if (isStatic) return checker.getTypeOfSymbol(symbol)
  // a class expression has the type of its value, the constructor
  return ts.isClassDeclaration(owner) ? type : (checker.getDeclaredTypeOfSymbol(symbol) ?? type)
}

/** A class with a base of a type parameter, which a function is given, has the type of both. */
function symbolOf(ts: TypeScript, type: Type): CheckedSymbol {
  const isClass = ({ symbol }: Type) =>
    symbol?.valueDeclaration !== undefined && ts.isClassLike(symbol.valueDeclaration)
  return ((type.isIntersection() && type.types.find(isClass)) || type).symbol
}

/** Why no method can be read from a table's type; undefined for one that can be read. */
function kindFault(
  ts: TypeScript,
  checker: Checker,
  file: ts.SourceFile,
  table: TableMember,
): { readonly entry: CatalogueEntry; readonly args: readonly string[] } | undefined {
  const symbol = checker.getSymbolAtLocation(table.name)
  const type = symbol && checker.getTypeOfSymbol(symbol)
  if (!type) return undefined
  const unreadable = (why: string) => ({ entry: catalogue.unreadableTable, args: [why] })
  if (isOptional(file, table.name)) return unreadable('may be missing')
  const why = whyUnreadable(ts, checker, type)
  if (why) return unreadable(why)
  const symbolOfReflected = type.getProperty('reflected')
  const reflected = symbolOfReflected && checker.getTypeOfSymbol(symbolOfReflected)
  const whyReflected = reflected && whyUnreadable(ts, checker, reflected)
  if (whyReflected) return unreadable(`has a \`reflected\` that ${whyReflected}`)
  const parts = reflected ? [type, reflected] : [type]
  const isText = (property: CheckedSymbol) => (checker.getTypeOfSymbol(property).flags & ts.TypeFlags.String) !== 0
  const isLoose =
    ts.isPropertyDeclaration(table) &&
    table.initializer !== undefined &&
    parts.some(each => each.getProperties().some(isText))
  return isLoose ? { entry: catalogue.tableNotConst, args: [] } : undefined
}

/** Why no method can be read from this type of a table, or of the one under `reflected`. */
function whyUnreadable(ts: TypeScript, checker: Checker, type: Type): string | undefined {
  if (type.flags & ts.TypeFlags.Any) return "is of type 'any'"
  if (type.isUnion()) return 'is a union of types'
  if (type.getCallSignatures().length > 0) return 'is a function'
  const isObject = type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.Instantiable)
  const shown = checker.typeToString(type)
  // an intersection of tables that contradict each other, too
  if (!isObject || shown === 'never') return `is of type '${shown}'`
  return checker.getIndexTypeOfType(type, ts.IndexKind.String) ? 'is indexed by string' : undefined
}

/** An entry without a method's name in a table whose entries are not written here, as `Partial<{ '+': 'add' }>`. */
function looseEntry(ts: TypeScript, checker: Checker, table: TableMember): string | undefined {
  const symbol = checker.getSymbolAtLocation(table.name)
  const type = symbol && checker.getTypeOfSymbol(symbol)
  const isLoose = (property: CheckedSymbol) => {
    const value = checker.getTypeOfSymbol(property)
    // the name that a type parameter stands for is known where the class is used
    return !value.isStringLiteral() && (value.flags & ts.TypeFlags.Instantiable) === 0
  }
  const isKey = ({ name }: CheckedSymbol) => OPERATOR_KEYS.includes(name) || isFunctionKey(name)
  return type?.getProperties().find(each => isKey(each) && isLoose(each))?.name
}

/** A base of type any is indexed by string in TypeScript's eyes. */
function missing(ts: TypeScript, checker: Checker, instance: Type): string {
  const isOpen = checker.getIndexTypeOfType(instance, ts.IndexKind.String) !== undefined
  return isOpen
    ? "comes from a base of type 'any', which says nothing of its operands; declare it in"
    : 'does not exist in'
}

/** Why a method under `reflected` is never asked; nothing for one that is. `direct` is the method of the same operator on the left. */
function whyDead(
  ts: TypeScript,
  checker: Checker,
  instance: Type,
  signatures: readonly Signature[],
  direct: string | undefined,
  { key, name }: { readonly key: string; readonly name: ts.StringLiteralLike },
): string {
  const [, math] = key.split('Math.')
  const known = math === undefined ? undefined : Object.getOwnPropertyDescriptor(Math, math)?.value
  if (known?.length === 1) return `\`${key}\` has one operand. Name it beside \`reflected\``
  const all = signatures.map(each => taken(checker, each))
  const allAre = (is: (type: Type) => boolean) => all.every(types => types.length > 0 && types.every(is))
  if (key === '+' && allAre(({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0))
    return `'${name.text}' takes strings only, and a string on the left joins texts. Remove it, or let the method take other operands`
  const method = direct === undefined ? undefined : checker.getPropertyOfType(instance, direct)
  const own = method ? checker.getTypeOfSymbol(method).getCallSignatures() : []
  const isTaken = own.some(each => taken(checker, each).includes(instance))
  const shown = checker.typeToString(instance)
  return isTaken && allAre(type => type === instance)
    ? `'${name.text}' takes ${shown} only, which takes the operator itself by '${direct}'. Remove it, or let the method take other operands`
    : ''
}

/** The types that a method takes for its first operand. */
function taken(checker: Checker, { parameters: [first] }: Signature): readonly Type[] {
  if (!first) return []
  const type = checker.getTypeOfSymbol(first)
  return type.isUnion() ? type.types : [type]
}

function isInModule(ts: TypeScript, node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) if (ts.isModuleDeclaration(at)) return true
  return false
}

interface WrittenEntry {
  readonly side: 'direct' | 'reflected'
  readonly key: string
  /** The place of the key. */
  readonly at: ts.PropertyName
  /** The method's name as it is written; undefined for a type or a value that is no name. */
  readonly name: ts.StringLiteralLike | undefined
}

/** The entries written in a table and under its `reflected`; computed entries are checked at their uses only. */
function writtenEntries(ts: TypeScript, file: ts.SourceFile, table: TableMember): WrittenEntry[] {
  if (ts.isMethodDeclaration(table) || ts.isMethodSignature(table)) return []
  if (table.type) return typeEntries(ts, file, table.type, 'direct')
  const value = ts.isPropertyDeclaration(table) ? table.initializer : undefined
  return value ? valueEntries(ts, value, 'direct') : []
}

function typeEntries(
  ts: TypeScript,
  file: ts.SourceFile,
  table: ts.TypeNode,
  side: WrittenEntry['side'],
): WrittenEntry[] {
  if (ts.isIntersectionTypeNode(table)) return table.types.flatMap(type => typeEntries(ts, file, type, side))
  if (!ts.isTypeLiteralNode(table)) return []
  return table.members.flatMap(member => {
    if (!ts.isPropertySignature(member) || !member.type) return []
    const { name: at, type } = member
    const mayBeMissing = isOptional(file, at)
    const key = keyOf(ts, at)
    if (key === 'reflected' && side === 'direct') return typeEntries(ts, file, type, 'reflected')
    const literal = ts.isLiteralTypeNode(type) && ts.isStringLiteralLike(type.literal) ? type.literal : undefined
    // a type by name may be a literal one
    const isNothing = mayBeMissing || ts.isUnionTypeNode(type) || ts.isToken(type)
    return literal || isNothing ? [{ side, key, at, name: mayBeMissing ? undefined : nonEmpty(literal) }] : []
  })
}

function valueEntries(ts: TypeScript, table: ts.Expression, side: WrittenEntry['side']): WrittenEntry[] {
  let value = table
  while (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value))
    value = value.expression
  if (!ts.isObjectLiteralExpression(value)) return []
  return value.properties.flatMap(property => {
    if (!ts.isPropertyAssignment(property)) return []
    const { name: at, initializer } = property
    const key = keyOf(ts, at)
    if (key === 'reflected' && side === 'direct') return valueEntries(ts, initializer, 'reflected')
    if (ts.isStringLiteralLike(initializer)) return [{ side, key, at, name: nonEmpty(initializer) }]
    // a number, null, true or false
    const isNothing = ts.isToken(initializer) && !ts.isIdentifier(initializer)
    return isNothing ? [{ side, key, at, name: undefined }] : []
  })
}

const nonEmpty = (name: ts.StringLiteralLike | undefined) => (name?.text ? name : undefined)

/** By the text: compilers keep the question mark in different members. */
const isOptional = (file: ts.SourceFile, name: ts.PropertyName) => /^\s*\?/.test(file.text.slice(name.end))

const keyOf = (ts: TypeScript, name: ts.PropertyName) =>
  ts.isStringLiteral(name) || ts.isIdentifier(name) ? name.text : ''
