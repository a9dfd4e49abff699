/**
 * The derivatives that files of a settled program need: inserted into their texts, or reported.
 * It must not know how a derivative is found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { deriveFile, type FileDerivatives } from '../derivative/derive.ts'
import { symbolAt } from '../derivative/enter/package-names.ts'
import type { PlacedLine, PlacedText } from '../derivative/placed.ts'
import type { SourcePlace } from '../derivative/structured.ts'
import { importHeader } from '../lower/lower.ts'
import { importText, namespaceImportText, writtenName } from '../lower/plan.ts'
import { diagnostic, warningOf } from '../report/diagnostics.ts'
import { located } from '../report/errors.ts'
import { findCandidates } from '../syntax/candidates.ts'
import { freeName } from '../syntax/inserts.ts'
import { originalDiagnostic } from '../text/positions.ts'
import type { MappedText, Origin } from '../text/text.ts'
import { mayHoldNewMarks } from './last-build.ts'
import { type DerivedLoop, importStyle, type LoweredFile, unchangedFile } from './lowered-file.ts'
import type { Settled } from './settle.ts'

/** The protocol of the texts, which the runtime compares with its own. */
const PROTOCOL = 2

/** Entries of the package whose functions a derivative may call: `$special.erf` is one of `tsgrad/special`. */
const ENTRIES = ['special', 'linear']

/**
 * The files with derivatives, each with these in its text and in its diagnostics; the program must be checked. `mappedOf` gives the lowered
 * texts of files that are not among the settled ones.
 */
export function withDerivatives(
  ts: TypeScript,
  { files, program, isDue }: Settled,
  originalOf: (fileName: string) => ts.SourceFile,
  mappedOf: (fileName: string) => MappedText | undefined = () => undefined,
): readonly LoweredFile[] {
  const known = new Map(files.map(each => [each.original.fileName, each]))
  const candidates = findCandidates(ts, program)
  const mayHold = mayHoldNewMarks(candidates, isDue)
  return candidates.files.filter(mayHold).flatMap(file => {
    const before = known.get(file.fileName)
    const lowered = () => before ?? unchangedFile(originalOf(file.fileName))
    return derivedFile(ts, program, file, lowered, name => known.get(name)?.mapped ?? mappedOf(name)) ?? []
  })
}

/** Whether a file of a program may see `Differentiable` at all. */
export const mayHoldMarks = (ts: TypeScript, program: ts.Program): boolean =>
  findCandidates(ts, program).files.length > 0

/**
 * Whether a file imports a function that takes a `Differentiable`, by the text of its declaration: then derivatives are likely.
 * A guess, which is cheap: where it is wrong, the caller loses time and nothing else.
 */
export function expectsDerivatives(ts: TypeScript, program: ts.Program): boolean {
  const checker = program.getTypeChecker()
  const takesDifferentiable = (name: ts.Identifier) => {
    const symbol = symbolAt(ts, checker, name)
    return symbol?.declarations?.some(each => each.getText().includes('Differentiable<')) ?? false
  }
  return findCandidates(ts, program).files.some(file =>
    file.statements.some(each => ts.isImportDeclaration(each) && namesOf(ts, each).some(takesDifferentiable)),
  )
}

function namesOf(ts: TypeScript, { importClause }: ts.ImportDeclaration): readonly ts.Identifier[] {
  const { name, namedBindings } = importClause ?? {}
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements.map(each => each.name) : []
  return name ? [name, ...named] : named
}

/** A file with its derivatives; undefined where it needs none. `mappedOf` gives the lowered texts of the program's files. */
export function derivedFile(
  ts: TypeScript,
  program: ts.Program,
  file: ts.SourceFile,
  lowered: () => LoweredFile,
  mappedOf: (fileName: string) => MappedText | undefined,
): LoweredFile | undefined {
  const found = located(file, 0, () => deriveFile(ts, program.getTypeChecker(), file))
  if (found.derived.length + found.refused.length === 0) return undefined
  const before = lowered()
  const diagnostics = refusalsIn(ts, file, before, found)
  const originOf = originIn(program, file.fileName, before.mapped, mappedOf)
  const mapped = inserted(ts, program, file, before.mapped, found, originOf)
  const loops = derivedLoops(file, before, found, originOf)
  const warnings = warningsIn(ts, file, before, found)
  return { ...before, mapped, diagnostics: [...before.diagnostics, ...diagnostics], loops, warnings }
}

/** What is refused of a file's derivatives, at its places in the original text. */
export function refusalsIn(
  ts: TypeScript,
  file: ts.SourceFile,
  before: Pick<LoweredFile, 'original' | 'mapped'>,
  { refused }: FileDerivatives,
): readonly ts.Diagnostic[] {
  const files = new Map([[file.fileName, before]])
  return refused.map(({ node, entry, args }) =>
    originalDiagnostic(files, diagnostic(ts, entry, file, { start: node.getStart(file), end: node.end }, ...args)),
  )
}

/** What is derived and always 0, at the same places. */
export function warningsIn(
  ts: TypeScript,
  file: ts.SourceFile,
  before: Pick<LoweredFile, 'original' | 'mapped'>,
  { zero = [] }: FileDerivatives,
): readonly ts.Diagnostic[] {
  return refusalsIn(ts, file, before, { derived: [], refused: zero }).map(each => warningOf(ts, each))
}

/** Where a place of a lowered text is in the original one. */
function originIn(
  program: ts.Program,
  own: string,
  mapped: MappedText,
  mappedOf: (fileName: string) => MappedText | undefined,
): (place: SourcePlace) => Origin {
  return ({ fileName, start }) => {
    const isOwn = fileName === own
    const other = isOwn ? mapped : mappedOf(fileName)
    const text = other?.original ?? program.getSourceFile(fileName)!.text
    return {
      start: other ? other.toOriginal({ start, length: 0 }).start : start,
      other: isOwn ? undefined : { fileName, text },
    }
  }
}

/** What the loops of a file's derivatives keep, for people. */
function derivedLoops(
  file: ts.SourceFile,
  { original, mapped }: LoweredFile,
  { derived }: FileDerivatives,
  originOf: (place: SourcePlace) => Origin,
): readonly DerivedLoop[] {
  return derived.flatMap(({ argument, texts }) =>
    [...texts].flatMap(([kind, { loops }]) =>
      loops.map(({ at, kept, countsTurns }) => {
        const origin = originOf(at ?? { fileName: file.fileName, start: argument.getStart(file) })
        const { fileName, text } = origin.other ?? original
        const line = text.slice(0, origin.start).split('\n').length
        const { start } = mapped.toOriginal({ start: argument.getStart(file), length: 0 })
        return { argument: start, kind, fileName, line, kept, countsTurns }
      }),
    ),
  )
}

function inserted(
  ts: TypeScript,
  program: ts.Program,
  file: ts.SourceFile,
  mapped: MappedText,
  { derived }: FileDerivatives,
  originOf: (place: SourcePlace) => Origin,
): MappedText {
  if (derived.length === 0) return mapped
  const prefix = freeName(file.text, '__tsgrad')
  const style = importStyle(ts, program, file)
  const name = writtenName('differentiable', prefix, style)
  const written = derived.map(({ texts }) => linesOf(texts))
  const entries = ENTRIES.filter(each => written.some(lines => lines.some(({ text }) => text.includes(`$${each}.`))))
  const entryName = (entry: string) => `${prefix}_${entry}`
  const imports = [
    importText(['differentiable'], prefix, style),
    ...entries.map(each => namespaceImportText(entryName(each), `tsgrad/${each}`, style)),
  ]
  const header = importHeader(ts, file, imports.join(' '))
  const named = (line: string) =>
    entries.reduce((all, each) => all.replaceAll(`$${each}.`, `${entryName(each)}.`), line)
  const places = derived.flatMap(({ argument }, i) => {
    const start = argument.getStart(file)
    const span = { start, length: argument.end - start }
    return [
      { at: start, text: `${name}(`, span },
      ...written[i]!.map(({ text, at }) => ({ at: argument.end, text: named(text), span, from: at && originOf(at) })),
    ]
  })
  const span = { start: header.at, length: 0 }
  // a derivative inside of another one's argument: the outer one ends last
  const ordered = places.toSorted((a, b) => a.at - b.at)
  return mapped.inserting([{ ...header, span }, ...ordered])
}

/** What follows the function, `, { grad: ($, seed, x) => … }, 2)`, as pieces with the places that they come from. */
function linesOf(texts: ReadonlyMap<string, PlacedText>): readonly PlacedLine[] {
  const kinds = [...texts].flatMap(([kind, { text, places }], i): PlacedLine[] => [
    { text: `${i > 0 ? ', ' : ', { '}${/\W/.test(kind) ? `'${kind}'` : kind}: ` },
    ...text.split('\n').map((line, n, { length }) => ({ text: n < length - 1 ? `${line}\n` : line, at: places[n] })),
  ])
  return [...kinds, { text: ` }, ${PROTOCOL})` }]
}

/** The same as one text. */
export const derivativesText = (texts: ReadonlyMap<string, PlacedText>): string =>
  linesOf(texts)
    .map(({ text }) => text)
    .join('')
