/**
 * Maps the answers of a language service over other texts to the original ones: every span in an answer of any form.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { MappedText, Span } from '../../text/text.ts'

/** The text that a file has for the service that answered, if it is not the original one. */
export type TextOf = (fileName: string) => MappedText | undefined

/** Spans that name one thing: without an exact place in the original text they are not shown. */
const EXACT = new Set(['textSpan', 'triggerSpan', 'replacementSpan', 'optionalReplacementSpan'])

/** An answer with original spans; an answer whose subject has no exact place is dropped. */
export function originalAnswer<T>(answer: T, fileName: string, textOf: TextOf): T | undefined {
  return mapBack(answer, fileName, textOf) as T | undefined
}

function mapBack(value: unknown, fileName: string, textOf: TextOf): unknown {
  if (Array.isArray(value)) return value.map(each => mapBack(each, fileName, textOf)).filter(each => each !== undefined)
  if (!isPlainObject(value)) return value
  const file = nameIn(value) ?? fileName
  const mapped = textOf(file)
  if (isSpan(value)) return mapped ? mapped.toOriginal(value) : value
  const result: Record<string, unknown> = {}
  for (const [key, child] of Object.entries(value)) {
    if (!isSpan(child)) result[key] = mapBack(child, file, textOf)
    // a place that comes from a declaration's source map is original already
    else if (!mapped || key.startsWith('original')) result[key] = child
    else if (!EXACT.has(key)) result[key] = mapped.toOriginal(child)
    else {
      const exact = mapped.toCopied(child)
      if (!exact && key === 'textSpan') return undefined
      if (exact) result[key] = exact
    }
  }
  return result
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isSpan = (value: unknown): value is Span =>
  isPlainObject(value) &&
  typeof value.start === 'number' &&
  typeof value.length === 'number' &&
  !('messageText' in value)

function nameIn({ fileName, file }: Record<string, unknown>): string | undefined {
  return typeof fileName === 'string' ? fileName : typeof file === 'string' ? file : undefined
}

/**
 * The same edits in the original texts; undefined when one of them is not possible there: it begins or ends within an operator, or
 * repeats the text around one.
 */
export function originalChanges(
  changes: readonly ts.FileTextChanges[],
  textOf: TextOf,
): readonly ts.FileTextChanges[] | undefined {
  const result: ts.FileTextChanges[] = []
  for (const change of changes) {
    const mapped = textOf(change.fileName)
    const textChanges: ts.TextChange[] = []
    for (const { span, newText } of change.textChanges) {
      const original = mapped ? changedSpan(mapped, span, newText) : span
      if (!original) return undefined
      textChanges.push({ span: original, newText })
    }
    result.push({ ...change, textChanges })
  }
  return result
}

function changedSpan(mapped: MappedText, span: Span, newText: string): Span | undefined {
  const copied = mapped.toCopied(span)
  if (copied || newText !== '') return copied
  const start = mapped.positionToOriginal(span.start)
  const end = mapped.positionToOriginal(span.start + span.length)
  return start !== undefined && end !== undefined && start <= end ? { start, length: end - start } : undefined
}

/** Each place once: a target that lowering writes twice is once in the original text. */
export function distinct<T extends { readonly fileName: string; readonly textSpan: Span }>(places: readonly T[]): T[] {
  return [...new Map(places.map(each => [`${each.textSpan.start} ${each.fileName}`, each])).values()]
}
