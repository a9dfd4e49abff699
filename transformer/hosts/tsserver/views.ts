/** The views of an editor: hovers, completions, inlay hints, semantic colours, call hierarchies. */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { operandsOf } from '../../syntax/syntax.ts'
import { originalAnswer } from './answers.ts'
import type { Asking, Service } from './asking.ts'
import { derivativeTextAt } from './derivatives.ts'
import type { EditorFile } from './moment.ts'
import { quickInfo } from './operators.ts'

export function viewMethods(asking: Asking): Partial<Service> {
  const { ts, inner, project, operatorAt, atPlace, rangeIn, textOf } = asking
  return {
    getQuickInfoAtPosition(fileName: string, position: number, ...rest: unknown[]) {
      const at = operatorAt(fileName, position)
      if (at) return quickInfo(ts, at)
      const ask = atPlace('getQuickInfoAtPosition') as (...args: unknown[]) => ts.QuickInfo | undefined
      const found = ask(fileName, position, ...rest)
      const text = found && derivativeTextAt(ts, project, fileName, position)
      if (text === undefined) return found
      const written = { kind: 'text', text: `\n\nThe compiled derivative:\n\`\`\`ts\n${text}\n\`\`\`` }
      return { ...found!, documentation: [...(found!.documentation ?? []), written] }
    },
    getCompletionsAtPosition: atPlace('getCompletionsAtPosition', 'before'),
    getCompletionEntrySymbol: atPlace('getCompletionEntrySymbol', 'before'),
    getSignatureHelpItems: atPlace('getSignatureHelpItems', 'before'),
    provideInlayHints(fileName, span, preferences) {
      const source = project.lowered(fileName)
      if (!source) return inner.provideInlayHints(fileName, span, preferences)
      const { start, end } = rangeIn(source, span.start, span.start + span.length)
      const hints = project.service().provideInlayHints(fileName, { start, length: end - start }, preferences)
      return source.served ? hints.flatMap(each => originalHint(ts, source, each)) : hints
    },
    getEncodedSemanticClassifications(fileName, span, format) {
      const source = project.lowered(fileName)
      if (!source) return inner.getEncodedSemanticClassifications(fileName, span, format)
      const { start, end } = rangeIn(source, span.start, span.start + span.length)
      const lowered = { start, length: end - start }
      const found = project.service().getEncodedSemanticClassifications(fileName, lowered, format)
      return source.served ? { ...found, spans: originalColours(source, found.spans) } : found
    },
    prepareCallHierarchy: atPlace('prepareCallHierarchy'),
    provideCallHierarchyOutgoingCalls: (...args) => atPlace('provideCallHierarchyOutgoingCalls')(...args) ?? [],
    provideCallHierarchyIncomingCalls(fileName, position) {
      const source = project.lowered(fileName)
      if (!project.now()) return inner.provideCallHierarchyIncomingCalls(fileName, position)
      const at = source?.served ? source.mapped.positionToGenerated(position) : position
      return project
        .service()
        .provideCallHierarchyIncomingCalls(fileName, at)
        .flatMap(call => originalAnswer(call, call.from.file, textOf) ?? [])
    },
  }
}

/** An inlay hint in the original text; operands get no hint with the method's parameter name. */
function originalHint(ts: TypeScript, { mapped, found, original }: EditorFile, hint: ts.InlayHint): ts.InlayHint[] {
  const position = mapped.positionToOriginal(hint.position)
  if (position === undefined) return []
  const isOperand = found.sites.some(site => operandsOf(site).some(node => node.getStart(original) === position))
  const isHandedOver = !/[\s(,]$/.test(original.text.slice(0, position)) || isOperand
  return hint.kind === ts.InlayHintKind.Parameter && isHandedOver ? [] : [{ ...hint, position }]
}

/** Start, length and class of each piece, in threes. */
function originalColours({ mapped }: EditorFile, spans: readonly number[]): number[] {
  const found: [number, number, number][] = []
  for (let i = 0; i + 2 < spans.length; i += 3) {
    const span = mapped.toCopied({ start: spans[i]!, length: spans[i + 1]! })
    if (span) found.push([span.start, span.length, spans[i + 2]!])
  }
  return found.sort(([u], [v]) => u - v).flat()
}
