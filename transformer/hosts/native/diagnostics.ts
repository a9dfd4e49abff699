/**
 * The diagnostics of TypeScript 7 in the shape of TypeScript 6.
 * It must not know what they say.
 */
import type ts from 'typescript'
import type { NativeDiagnosticResponse } from './package.ts'

type FileOf = (name: string) => ts.SourceFile | undefined

export function diagnosticOf(fileOf: FileOf, response: NativeDiagnosticResponse): ts.Diagnostic {
  const { relatedInformation: related, reportsUnnecessary, reportsDeprecated } = response
  return {
    ...placed(fileOf, response),
    ...(related?.length && { relatedInformation: related.map(each => placed(fileOf, each)) }),
    ...(reportsUnnecessary && { reportsUnnecessary }),
    ...(reportsDeprecated && { reportsDeprecated }),
  }
}

function placed(fileOf: FileOf, response: NativeDiagnosticResponse): ts.DiagnosticRelatedInformation {
  const { fileName, pos, end, code, category } = response
  const file = fileName === undefined ? undefined : fileOf(fileName)
  const messageText = response.messageChain?.length ? chainOf(response) : response.text
  return { file, start: file && pos, length: file && end - pos, code, category, messageText }
}

function chainOf({ text, code, category, messageChain = [] }: NativeDiagnosticResponse): ts.DiagnosticMessageChain {
  return { messageText: text, code, category, ...(messageChain.length > 0 && { next: messageChain.map(chainOf) }) }
}
