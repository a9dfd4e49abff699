/**
 * Facts about an operator that an editor shows: its methods, its operand and result types, and the operators and table entries that
 * use a method. It must not know lowered texts.
 */
import type ts from 'typescript'
import type { ProbeProgram } from '../../ask/probe.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { ResolvedOperator } from '../../meaning/resolved-operator.ts'
import { mayHoldTables } from '../../meaning/table-check.ts'
import { operatorsKey } from '../../meaning/tables.ts'
import { operatorSpan, operatorText, type Site } from '../../syntax/syntax.ts'
import { walk } from '../../syntax/walk.ts'
import type { Span } from '../../text/text.ts'
import type { Moment } from './moment.ts'
import type { EditorProject } from './project.ts'

/** An operator of a file that calls methods. */
export interface Operator {
  readonly file: ts.SourceFile
  readonly probe: ProbeProgram
  readonly resolved: ResolvedOperator
  readonly call: ts.CallExpression
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

/** All operators of a file that call methods. */
export function operatorsIn(project: EditorProject, file: ts.SourceFile): readonly Operator[] {
  const probed = project.probed(file)
  if (!probed) return []
  const { parsed, probe, resolved: operators } = probed
  const calls = probe.calls(parsed.found)
  return operators.flatMap((each, i) =>
    ['native', 'text'].includes(each.resolution.kind) ? [] : [{ file, probe, resolved: each, call: calls[i]! }],
  )
}

export function operatorAt(project: EditorProject, file: ts.SourceFile, position: number): Operator | undefined {
  const isHere = (site: Site) => {
    const { start, length } = shownSpan(site, file)
    return position >= start && position < start + length
  }
  if (!project.now()?.concerned.get(file)?.found.sites.some(isHere)) return undefined
  return operatorsIn(project, file).find(({ resolved: { site } }) => isHere(site))
}

/** tsserver has the compiler in its own process, with the full checker. */
const checkerOf = ({ checker }: ProbeProgram) => checker as ts.TypeChecker

/** The methods that an operator calls: one, or one for each class of a union. */
export function methodsOf(ts: TypeScript, { probe, resolved: { site, resolution }, call }: Operator): ts.Symbol[] {
  const { reader } = probe
  const checker = checkerOf(probe)
  const operands = (site.form === 'math' ? call.arguments.slice(1) : [...call.arguments]).filter(
    operand => !ts.isSpreadElement(operand),
  )
  const parts = operands.map(operand => reader.parts(checker.getTypeAtLocation(operand)))
  const named = (list: (typeof parts)[number], method: string) =>
    list.flatMap(({ type, kind }) => (kind === 'operators' && checker.getPropertyOfType(type as ts.Type, method)) || [])
  const [first = [], ...rest] = parts
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
export function resultClassesOf({ probe, call }: Operator): ts.Symbol[] {
  const parts = probe.reader.parts(probe.checker.getTypeAtLocation(call))
  return parts.flatMap(({ type }) => (type as ts.Type).getSymbol() ?? [])
}

/** `(operator) NumberWithGrad * number: NumberWithGrad`, with the method's documentation. */
export function quickInfo(ts: TypeScript, operator: Operator): ts.QuickInfo {
  const { file, probe, call } = operator
  const { site, types } = operator.resolved
  const [method] = methodsOf(ts, operator)
  const checker = checkerOf(probe)
  const result = probe.reader.show(probe.checker.getTypeAtLocation(call))
  const text = spelled(site, operatorText(site, file), types())
  return {
    kind: ts.ScriptElementKind.memberFunctionElement,
    kindModifiers: '',
    textSpan: shownSpan(site, file),
    displayParts: [{ text: `(operator) ${text}: ${result}`, kind: 'text' }],
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

/** The declaration of a method, in the probe program. */
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
