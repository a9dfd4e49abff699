/** Definitions, references and renaming, with operators and the entries of tables among them. */
import type ts from 'typescript'
import type { InternalSymbol } from '../../compiler/undocumented.ts'
import { distinct } from './answers.ts'
import type { Asking, Service } from './asking.ts'
import {
  declarationsOf,
  type FileSpan,
  methodsOf,
  type Operator,
  operatorsIn,
  resultClassesOf,
  shownSpan,
  type TableEntry,
  tableEntriesIn,
} from './operators.ts'

export function navigationMethods(asking: Asking): Partial<Service> {
  const { atPlace, operatorAt } = asking
  const definitionsAt = (fileName: string, position: number): ts.DefinitionInfoAndBoundSpan | undefined => {
    const at = operatorAt(fileName, position)
    if (at) return { definitions: definitions(asking, at), textSpan: shownSpan(at.resolved.site, at.file) }
    const entry = entryAt(asking, fileName, position)
    return entry && { definitions: definitionsOfEntry(asking, entry), textSpan: entry.textSpan }
  }
  /** For an operator or a table's entry: the place of the method's name. */
  const origin = (fileName: string, position: number): [string, number] => {
    const [method] = definitionsAt(fileName, position)?.definitions ?? []
    return method ? [method.fileName, method.textSpan.start] : [fileName, position]
  }
  const findReferences: Service['findReferences'] = (fileName, position) => {
    const [first, ...rest] = atPlace('findReferences')(...origin(fileName, position)) ?? []
    if (!first) return undefined
    const symbols = [first, ...rest].map(each => ({ ...each, references: distinct(each.references) }))
    const places = symbols.flatMap(each => each.references)
    const uses = [...operatorUses(asking, places), ...tableUses(asking, places)]
    const added = uses.map(each => ({ ...each, isWriteAccess: false }))
    return [{ ...symbols[0]!, references: distinct([...symbols[0]!.references, ...added]) }, ...symbols.slice(1)]
  }
  return {
    findReferences,
    getReferencesAtPosition: (fileName, position) =>
      findReferences(fileName, position)?.flatMap(each => each.references),
    getDefinitionAndBoundSpan: (fileName, position) =>
      definitionsAt(fileName, position) ?? atPlace('getDefinitionAndBoundSpan')(fileName, position),
    getDefinitionAtPosition: (...args) =>
      definitionsAt(args[0], args[1])?.definitions ?? atPlace('getDefinitionAtPosition')(...args),
    getTypeDefinitionAtPosition(fileName, position) {
      const at = operatorAt(fileName, position)
      return at
        ? declared(asking, at, resultClassesOf(at), 'class')
        : atPlace('getTypeDefinitionAtPosition')(fileName, position)
    },
    getImplementationAtPosition: (fileName, position) =>
      atPlace('getImplementationAtPosition')(...origin(fileName, position)),
    getDocumentHighlights(fileName, position, files) {
      const found = definitionsAt(fileName, position)
        ? highlights(findReferences(fileName, position) ?? [], files)
        : atPlace('getDocumentHighlights')(fileName, position, files)
      return found?.map(each => ({
        ...each,
        highlightSpans: distinct(each.highlightSpans.map(span => ({ fileName: each.fileName, ...span }))),
      }))
    },
    ...renameMethods(asking, origin),
  }
}

function renameMethods(
  asking: Asking,
  origin: (fileName: string, position: number) => [string, number],
): Partial<Service> {
  const { atPlace, operatorAt } = asking
  return {
    findRenameLocations(fileName: string, position: number, ...rest: unknown[]) {
      const ask = atPlace('findRenameLocations') as (...args: unknown[]) => readonly ts.RenameLocation[] | undefined
      const found = ask(...origin(fileName, position), ...rest)
      return found && distinct<ts.RenameLocation>([...found, ...tableUses(asking, found)])
    },
    getRenameInfo(fileName: string, position: number, ...rest: unknown[]) {
      if (operatorAt(fileName, position))
        return { canRename: false, localizedErrorMessage: 'An operator has no name. Rename the method that it calls.' }
      const entry = entryAt(asking, fileName, position)
      const ask = atPlace('getRenameInfo') as (...args: unknown[]) => ts.RenameInfo | undefined
      const info = ask(...origin(fileName, position), ...rest)
      if (!info) return { canRename: false, localizedErrorMessage: 'This cannot be renamed.' }
      return entry && info.canRename ? { ...info, triggerSpan: entry.textSpan } : info
    },
  }
}

/** The uses of a method, shown as references of the operator or table entry at the cursor. */
function highlights(found: readonly ts.ReferencedSymbol[], files: readonly string[]): ts.DocumentHighlights[] {
  const references = found.flatMap(each => each.references)
  return files
    .map(fileName => ({
      fileName,
      highlightSpans: references
        .filter(each => each.fileName === fileName)
        .map(({ textSpan }) => ({ fileName, textSpan, kind: 'reference' as ts.HighlightSpanKind })),
    }))
    .filter(({ highlightSpans }) => highlightSpans.length > 0)
}

/** The declarations of an operator's methods. */
const definitions = (asking: Asking, operator: Operator) => declared(asking, operator, methodsOf(operator), 'method')

/** The declarations of symbols of the program in which an operator has its types. */
function declared(
  { ts }: Asking,
  { textOf }: Operator,
  symbols: readonly ts.Symbol[],
  kind: 'method' | 'class',
): ts.DefinitionInfo[] {
  return symbols.flatMap(symbol =>
    declarationsOf(ts, symbol).flatMap(place => definition(symbol, inOriginal(place, textOf), kind) ?? []),
  )
}

function definitionsOfEntry({ ts }: Asking, { method }: TableEntry): ts.DefinitionInfo[] {
  return declarationsOf(ts, method).flatMap(place => definition(method, place, 'method') ?? [])
}

function inOriginal({ fileName, textSpan }: FileSpan, textOf: Asking['textOf']): FileSpan | undefined {
  const mapped = textOf(fileName)
  const span = mapped ? mapped.toCopied(textSpan) : textSpan
  return span && { fileName, textSpan: span }
}

function definition(
  symbol: ts.Symbol,
  place: FileSpan | undefined,
  kind: 'method' | 'class',
): ts.DefinitionInfo | undefined {
  const { parent } = symbol as InternalSymbol
  return (
    place && {
      ...place,
      kind: kind as ts.ScriptElementKind,
      name: symbol.name,
      containerKind: '' as ts.ScriptElementKind,
      containerName: parent?.name ?? '',
    }
  )
}

const keyOf = ({ fileName, textSpan }: FileSpan) => `${textSpan.start} ${fileName}`

/** The operators that call a method declared at one of these places. */
function operatorUses(asking: Asking, places: readonly FileSpan[]): FileSpan[] {
  const { ts, project } = asking
  const now = project.now()
  if (!now || !places.some(place => isNamedInTable(asking, place))) return []
  const declared = new Set(places.map(keyOf))
  const uses = (operator: Operator) =>
    methodsOf(operator).some(method =>
      declarationsOf(ts, method).some(place => {
        const original = inOriginal(place, operator.textOf)
        return original && declared.has(keyOf(original))
      }),
    )
  return [...now.concerned.keys()].flatMap(file =>
    operatorsIn(ts, project, file)
      .filter(uses)
      .map(({ resolved: { site } }) => ({ fileName: file.fileName, textSpan: shownSpan(site, file) })),
  )
}

/** Whether some file with a table has the name at this place in quotes: only then operators can call it. */
function isNamedInTable({ project, fileAt }: Asking, { fileName, textSpan: { start, length } }: FileSpan): boolean {
  const name = fileAt(fileName)?.text.slice(start, start + length)
  const quoted = new RegExp(`["']${name?.replace(/[^\w]/g, '\\$&')}["']`)
  return (
    name !== undefined &&
    project
      .now()!
      .program.getSourceFiles()
      .some(({ text }) => /\boperators\b/.test(text) && quoted.test(text))
  )
}

/** The entries of tables that name a method declared at one of these places. */
function tableUses(asking: Asking, places: readonly FileSpan[]): FileSpan[] {
  const { ts, project } = asking
  const now = project.now()
  if (!now) return []
  const declared = new Set(places.map(keyOf))
  return [...now.concerned.keys()]
    .flatMap(file => tableEntriesIn(ts, now, file))
    .filter(({ method }) => declarationsOf(ts, method).some(place => declared.has(keyOf(place))))
    .map(({ file, textSpan }) => ({ fileName: file.fileName, textSpan }))
}

function entryAt({ ts, project, fileAt }: Asking, fileName: string, position: number): TableEntry | undefined {
  const now = project.now()
  const file = fileAt(fileName)
  if (!now || !file || !now.concerned.has(file)) return undefined
  return tableEntriesIn(ts, now, file).find(
    ({ textSpan: { start, length } }) => position >= start && position <= start + length,
  )
}
