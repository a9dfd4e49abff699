/**
 * Finds entries of `[operators]` tables that name no operator, or no method of their class: one error at the table, none at its uses.
 * It must not know operators' positions or texts.
 */
import type ts from 'typescript'
import type { Checker } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue } from '../report/diagnostics.ts'
import { BINARY_KEYS, OPERATOR_KEYS } from '../syntax/syntax.ts'
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
    if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node))
      faults.push(...faultsOf(ts, checker, file, node, operatorsKey))
  })
  return faults
}

function faultsOf(
  ts: TypeScript,
  checker: Checker,
  file: ts.SourceFile,
  owner: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  operatorsKey: string,
): TableFault[] {
  const isTable = ({ name }: ts.ClassElement | ts.TypeElement) =>
    name && ts.isComputedPropertyName(name) && checker.getSymbolAtLocation(name)?.escapedName === operatorsKey
  const table = [...owner.members].find(isTable)
  if (!table || !('type' in table) || !table.type) return []
  const type = checker.getTypeAtLocation(owner)
  const isStatic = (ts.canHaveModifiers(table) ? ts.getModifiers(table) : undefined)?.some(
    ({ kind }) => kind === ts.SyntaxKind.StaticKeyword,
  )
  const instance = isStatic
    ? checker.getTypeOfSymbol(type.symbol)
    : ts.isClassLike(owner)
      ? type
      : (checker.getDeclaredTypeOfSymbol(type.symbol) ?? type)
  return writtenEntries(ts, table.type as ts.TypeNode).flatMap(({ key, at, name, side }): TableFault[] => {
    const keys = side === 'direct' ? OPERATOR_KEYS : BINARY_KEYS
    if (!(keys as readonly string[]).includes(key) && !/^Math\.\w+$/.test(key)) {
      const args = [side === 'direct' ? '' : ' under `reflected`', key, `${keys.join(' ')} and Math.<name>`]
      return [{ entry: catalogue.noSuchOperator, args, start: at.getStart(file), length: at.end - at.getStart(file) }]
    }
    const method = checker.getPropertyOfType(instance, name.literal.text)
    if (method && checker.getTypeOfSymbol(method).getCallSignatures().length > 0) return []
    const what = method ? 'is not a method of' : 'does not exist in'
    const args = [key, name.literal.text, what, checker.typeToString(instance)]
    const start = name.getStart(file)
    return [{ entry: catalogue.noSuchMethod, args, start, length: name.end - start }]
  })
}

type NamedMethod = ts.LiteralTypeNode & { readonly literal: ts.StringLiteral }

interface WrittenEntry {
  readonly side: 'direct' | 'reflected'
  readonly key: string
  /** The place of the key. */
  readonly at: ts.PropertyName
  readonly name: NamedMethod
}

/** The entries written in a table and under its `reflected`; computed entries are checked at their uses only. */
function writtenEntries(ts: TypeScript, table: ts.TypeNode, side: WrittenEntry['side'] = 'direct'): WrittenEntry[] {
  if (ts.isIntersectionTypeNode(table)) return table.types.flatMap(type => writtenEntries(ts, type, side))
  if (!ts.isTypeLiteralNode(table)) return []
  return table.members.flatMap(member => {
    if (!ts.isPropertySignature(member) || !member.type) return []
    const { name: at, type } = member
    const key = ts.isStringLiteral(at) || ts.isIdentifier(at) ? at.text : ''
    if (key === 'reflected' && side === 'direct') return writtenEntries(ts, type, 'reflected')
    const isName = ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)
    return isName ? [{ side, key, at, name: type as NamedMethod }] : []
  })
}
