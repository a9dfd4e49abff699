/** The shared part of the editor's service: the two language services, and questions about a place of the lowered text. */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { MappedText } from '../../text/text.ts'
import { originalAnswer } from './answers.ts'
import type { EditorFile } from './moment.ts'
import { type Operator, operatorAt } from './operators.ts'
import type { EditorProject } from './project.ts'

export type Service = ts.LanguageService

/** Methods of a language service that take a place in a file. */
type PlaceMethod =
  | 'getQuickInfoAtPosition'
  | 'getCompletionsAtPosition'
  | 'getCompletionEntryDetails'
  | 'getCompletionEntrySymbol'
  | 'getSignatureHelpItems'
  | 'getDefinitionAtPosition'
  | 'getDefinitionAndBoundSpan'
  | 'getTypeDefinitionAtPosition'
  | 'getImplementationAtPosition'
  | 'findReferences'
  | 'findRenameLocations'
  | 'getRenameInfo'
  | 'getDocumentHighlights'
  | 'prepareCallHierarchy'
  | 'provideCallHierarchyOutgoingCalls'
type Asked<K extends PlaceMethod> = (...args: Parameters<Service[K]>) => ReturnType<Service[K]> | undefined

export interface Asking {
  readonly ts: TypeScript
  /** The service of the original texts. */
  readonly inner: Service
  readonly project: EditorProject
  textOf(fileName: string): MappedText | undefined
  fileAt(fileName: string): ts.SourceFile | undefined
  operatorAt(fileName: string, position: number): Operator | undefined
  /** Calls a method with the same place in the lowered text, and maps its answer to the original text. */
  atPlace<K extends PlaceMethod>(name: K, side?: 'before' | 'after'): Asked<K>
  /** The same range in the lowered text. */
  rangeIn(source: EditorFile | undefined, start: number, end: number): { start: number; end: number }
}

export function createAsking(ts: TypeScript, inner: Service, project: EditorProject): Asking {
  const textOf = (fileName: string) => project.mappedIn(fileName)
  const fileAt = (fileName: string) => project.now()?.program.getSourceFile(fileName)
  return {
    ts,
    inner,
    project,
    textOf,
    fileAt,
    operatorAt(fileName, position) {
      const file = fileAt(fileName)
      return file && operatorAt(ts, project, file, position)
    },
    atPlace<K extends PlaceMethod>(name: K, side: 'before' | 'after' = 'after'): Asked<K> {
      return (...args) => {
        const [fileName, position, ...rest] = args as unknown as [string, number, ...unknown[]]
        const ask = (service: Service, at: number) =>
          (service[name] as (...args: unknown[]) => ReturnType<Service[K]>)(fileName, at, ...rest)
        const source = project.lowered(fileName)
        if (!project.now()) return ask(inner, position)
        const at = source?.served ? source.mapped.positionToGenerated(position, side) : position
        return originalAnswer(ask(project.service(), at), fileName, textOf)
      }
    },
    rangeIn(source, start, end) {
      if (!source?.served) return { start, end }
      const from = source.mapped.positionToGenerated(start)
      return { start: from, end: Math.max(from, source.mapped.positionToGenerated(end, 'before')) }
    },
  }
}
