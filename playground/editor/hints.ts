/**
 * Shows hints on the code under the pointer or at the cursor, and completions while typing.
 * It must not know where these come from.
 */
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { EditorView, hoverTooltip } from '@codemirror/view'
import { html } from '../page/element.ts'
import type { Completion, Hint } from '../worker/messages.ts'

export interface Informant {
  /** The hint for the current text; undefined until it is compiled. */
  hint(position: number): Promise<Hint | undefined>
  complete(text: string, position: number): Promise<readonly Completion[]>
}

export function hintElement({ signature, documentation }: Hint): HTMLElement {
  const paragraphs = documentation.split(/\n\n+/).filter(Boolean)
  const texts = paragraphs.map(text => {
    const example = /^@example\s+(.*)/s.exec(text)
    return example ? html('pre', { class: 'hint-example' }, example[1]!) : html('p', {}, ...withCode(text))
  })
  return html('div', { class: 'hint' }, html('code', { class: 'hint-signature' }, signature), ...texts)
}

/** Text with the parts between backticks as code. */
function withCode(text: string): (Node | string)[] {
  const parts = text.replaceAll('\n', ' ').split('`')
  return parts.map((part, i) => (i % 2 === 1 ? html('code', {}, part) : part))
}

export function hovers({ hint }: Informant): Extension {
  return hoverTooltip(
    async (_, position) => {
      const found = await hint(position)
      if (!found) return null
      return { pos: found.from, end: found.to, above: true, create: () => ({ dom: hintElement(found) }) }
    },
    { hoverTime: 250 },
  )
}

export function completion({ complete }: Informant): Extension {
  const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\w$]*/)
    const from = word?.from ?? context.pos
    const isMember = context.state.sliceDoc(from - 1, from) === '.'
    if (!context.explicit && !isMember && (word === null || word.from === word.to)) return null
    const options = await complete(context.state.doc.toString(), context.pos)
    const boost = (kind: Completion['kind']) => (kind === 'variable' ? 1 : 0)
    return {
      from,
      validFor: /^[\w$]*$/,
      options: options.map(({ label, kind, detail }) => ({ label, type: kind, detail, boost: boost(kind) })),
    }
  }
  return autocompletion({ override: [source], icons: false })
}

/** Calls `show` with the hint at the cursor, a moment after the cursor moved. */
export function cursorHints({ hint }: Informant, show: (hint: Hint | undefined) => void): Extension {
  let timer: ReturnType<typeof setTimeout> | undefined
  return EditorView.updateListener.of(({ selectionSet, docChanged, state }) => {
    if (!selectionSet && !docChanged) return
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const position = state.selection.main.head
      show((await hint(position)) ?? (position > 0 ? await hint(position - 1) : undefined))
    }, 200)
  })
}
