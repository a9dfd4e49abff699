/**
 * Converts the diagnostics of TypeScript 7 to those of TypeScript 6.
 * It must not know single messages.
 */
import type ts from 'typescript'
import type { Span } from '../../text/text.ts'
import type { NativeDiagnosticResponse } from './package.ts'

/** A place in a file of the program or of its configuration. */
export type LocationOf = (fileName: string, span: Span) => (Span & { readonly file: ts.SourceFile }) | undefined

export function diagnosticOf(placeOf: LocationOf, response: NativeDiagnosticResponse): ts.Diagnostic {
  const { relatedInformation: related, reportsUnnecessary, reportsDeprecated } = response
  return {
    ...placed(placeOf, response),
    ...(related?.length && { relatedInformation: related.map(each => placed(placeOf, each)) }),
    ...(reportsUnnecessary && { reportsUnnecessary }),
    ...(reportsDeprecated && { reportsDeprecated }),
  }
}

function placed(placeOf: LocationOf, response: NativeDiagnosticResponse): ts.DiagnosticRelatedInformation {
  const { fileName, pos, end, code, category } = response
  const place = fileName === undefined ? undefined : placeOf(fileName, { start: pos, length: end - pos })
  const messageText = response.messageChain?.length ? chainOf(response) : response.text
  return { file: place?.file, start: place?.start, length: place?.length, code, category, messageText }
}

function chainOf({ text, code, category, messageChain = [] }: NativeDiagnosticResponse): ts.DiagnosticMessageChain {
  return { messageText: text, code, category, ...(messageChain.length > 0 && { next: messageChain.map(chainOf) }) }
}
