/**
 * Facts about an operator that an editor shows: its methods, its operand and result types, and the operators and table entries that
 * use a method. It must not know how a file is settled.
 */
import type ts from 'typescript'
import { operandTypeAt, operandTypeOf } from '../../ask/operand-types.ts'
import type { Type } from '../../compiler/checker.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { OperandType } from '../../meaning/meaning.ts'
import type { ResolvedOperator } from '../../meaning/resolved-operator.ts'
import { mayHoldTables } from '../../meaning/table-check.ts'
import { operatorsKey, type Reader } from '../../meaning/tables.ts'
import { expressionsAt, rangeOf } from '../../syntax/places.ts'
import { operandsOf, operatorSpan, operatorText, type Site } from '../../syntax/syntax.ts'
import { walk } from '../../syntax/walk.ts'
import type { MappedText, Span } from '../../text/text.ts'
import type { Moment } from './moment.ts'
import type { EditorProject, SettledFile } from './project.ts'

/** An operator of a file that calls methods, with its types in the lowered program or in the probe program. */
export interface Operator {
  readonly file: ts.SourceFile
  readonly resolved: ResolvedOperator
  /** tsserver has the compiler in its own process, with the full checker. */
  readonly checker: ts.TypeChecker
  readonly reader: Reader
  readonly operands: readonly OperandType[]
  readonly result: Type
  /** The text that a file has in that program, if it is not the original one. */
  textOf(fileName: string): MappedText | undefined
}

/** A place in a file of the asked program. */
export interface FileSpan {
  readonly fileName: string
  readonly textSpan: Span
}

/** The place of the operator's token, for hovers and definitions; for `Math.exp` that of its name. */
export function shownSpan(site: Site, file: ts.SourceFile): Span {
  const { start, end } = operatorSpan(site, file)
  if (site.form !== 'math') return { start, length: end - start }
  return { start: end - site.name.length, length: site.name.length }
}

const callsMethods = ({ resolution: { kind } }: ResolvedOperator) => kind !== 'native' && kind !== 'text'

/** All operators of a file that call methods, by their types in the probe program. */
export function operatorsIn(ts: TypeScript, project: EditorProject, file: ts.SourceFile): readonly Operator[] {
  const probed = project.probed(file)
  if (!probed) return []
  const { parsed, probe, resolved: operators } = probed
  const { reader } = probe
  const checker = probe.checker as ts.TypeChecker
  const calls = probe.calls(parsed.found)
  const typeOf = (node: ts.Expression) => operandTypeOf(reader, checker.getTypeAtLocation(node))
  return operators.flatMap((resolved, i) => {
    if (!callsMethods(resolved)) return []
    const call = calls[i]!
    const all = resolved.site.form === 'math' ? call.arguments.slice(1) : call.arguments
    const operands = all.filter(operand => !ts.isSpreadElement(operand)).map(typeOf)
    const result = checker.getTypeAtLocation(call)
    return [{ file, resolved, checker, reader, operands, result, textOf: project.probeTextOf }]
  })
}

/** The operator at a position, as the settled file has it. */
export function operatorAt(
  ts: TypeScript,
  project: EditorProject,
  file: ts.SourceFile,
  position: number,
): Operator | undefined {
  const isHere = (site: Site) => {
    const { start, length } = shownSpan(site, file)
    return position >= start && position < start + length
  }
  if (!project.now()?.concerned.get(file)?.found.sites.some(isHere)) return undefined
  const settled = project.settled(file)
  const resolved = settled?.lowered.operators.find(({ site }) => isHere(site))
  if (!settled || !resolved || !callsMethods(resolved)) return undefined
  return (
    inLoweredText(ts, settled, resolved, project.mappedIn) ??
    operatorsIn(ts, project, file).find(each => isHere(each.resolved.site))
  )
}

/** The operator with its types in the lowered program; undefined where the lowered text has no node for it or for an operand. */
function inLoweredText(
  ts: TypeScript,
  { lowered: { original, rewritten }, program, reader }: SettledFile,
  resolved: ResolvedOperator,
  textOf: Operator['textOf'],
): Operator | undefined {
  const { site } = resolved
  const nodes = [...operandsOf(site), site.node]
  const places = nodes.map(node => rangeOf(rewritten, node, original))
  const expressionAt = expressionsAt(ts, program.getSourceFile(original.fileName)!, places)
  const found = places.flatMap(place => expressionAt(place) ?? [])
  const call = found.at(-1)
  if (!call || found.length < nodes.length || found.some(ts.isSpreadElement)) return undefined
  const checker = program.getTypeChecker()
  const operands = found.slice(0, -1).map(node => operandTypeAt(ts, checker, reader, node))
  return { file: original, resolved, checker, reader, operands, result: checker.getTypeAtLocation(call), textOf }
}

/** The methods that an operator calls: one, or one for each class of a union. */
export function methodsOf({ checker, operands, resolved: { resolution } }: Operator): ts.Symbol[] {
  const named = (list: OperandType['parts'], method: string) =>
    list.flatMap(({ type, kind }) => (kind === 'operators' && checker.getPropertyOfType(type as ts.Type, method)) || [])
  const [first = [], ...rest] = operands.map(({ parts }) => parts)
  switch (resolution.kind) {
    case 'method':
      return named(first, resolution.method)
    case 'reflected':
      return named(rest.flat(), resolution.method)
    case 'dispatch':
    case 'fold': {
      const direct = named(first, resolution.method)
      return direct.length > 0 || rest.length === 0 ? direct : named(rest.flat(), resolution.reflected)
    }
    default:
      return []
  }
}

/** The classes and interfaces of an operator's result. */
export function resultClassesOf({ reader, result }: Operator): ts.Symbol[] {
  return reader.parts(result).flatMap(({ type }) => (type as ts.Type).getSymbol() ?? [])
}

/** `(operator) NumberWithGrad * number: NumberWithGrad`, with the method's documentation. */
export function quickInfo(ts: TypeScript, operator: Operator): ts.QuickInfo {
  const { file, checker, reader, operands } = operator
  const { site } = operator.resolved
  const [method] = methodsOf(operator)
  const types = operands.map(({ type }) => reader.show(type))
  const text = spelled(site, operatorText(site, file), types)
  return {
    kind: ts.ScriptElementKind.memberFunctionElement,
    kindModifiers: '',
    textSpan: shownSpan(site, file),
    displayParts: [{ text: `(operator) ${text}: ${reader.show(operator.result)}`, kind: 'text' }],
    documentation: method?.getDocumentationComment(checker) ?? [],
    tags: method?.getJsDocTags(checker) ?? [],
  }
}

function spelled(site: Site, token: string, types: readonly string[]): string {
  const [first, second] = types.map(type => (/ [|&] /.test(type) ? `(${type})` : type))
  switch (site.form) {
    case 'math':
      return `${token}(${types.join(', ')})`
    case 'unary':
      return `${token}${first}`
    case 'step':
      return site.node.operand.end === site.node.end ? `${token}${first}` : `${first}${token}`
    default:
      return `${first} ${token} ${second}`
  }
}

/** The declarations of a symbol, in the program that it is of. */
export function declarationsOf(ts: TypeScript, method: ts.Symbol): FileSpan[] {
  return (method.declarations ?? []).map(declaration => {
    const name = ts.getNameOfDeclaration(declaration) ?? declaration
    const file = declaration.getSourceFile()
    const start = name.getStart(file)
    return { fileName: file.fileName, textSpan: { start, length: name.end - start } }
  })
}

// ---- tables

/** An entry of an `[operators]` table, with the method that it names. */
export interface TableEntry {
  readonly file: ts.SourceFile
  /** The method's name, without the quotes. */
  readonly textSpan: Span
  readonly method: ts.Symbol
}

/** The entries of all tables in a file of the program. */
export function tableEntriesIn(ts: TypeScript, { program, task }: Moment, file: ts.SourceFile): TableEntry[] {
  if (!mayHoldTables(file)) return []
  const checker = program.getTypeChecker()
  const key = operatorsKey(ts, checker, program.getSourceFile(task.home)!)
  const entries: TableEntry[] = []
  walk(ts, file, node => {
    if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return
    const owner = checker.getTypeAtLocation(node)
    for (const literal of literalsOf(ts, node, name => checker.getSymbolAtLocation(name)?.escapedName === key)) {
      const method = checker.getPropertyOfType(owner, literal.text)
      const start = literal.getStart(file) + 1
      if (method) entries.push({ file, method, textSpan: { start, length: literal.end - 1 - start } })
    }
  })
  return entries
}

function literalsOf(
  ts: TypeScript,
  owner: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  isTable: (name: ts.PropertyName) => boolean,
): ts.StringLiteral[] {
  const literals: ts.StringLiteral[] = []
  for (const member of owner.members) {
    if (!member.name || !ts.isComputedPropertyName(member.name) || !isTable(member.name)) continue
    if (!('type' in member) || !member.type) continue
    walk(ts, member.type as ts.TypeNode, node => {
      if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) literals.push(node.literal)
    })
  }
  return literals
}
