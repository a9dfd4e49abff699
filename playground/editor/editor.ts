/**
 * The editor for natural math, and the view of the lowered text.
 * It must not know the compiler.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Hint, Problem, Range } from '../worker/messages.ts'
import { completion, cursorHints, hovers, type Informant } from './hints.ts'
import { type LineValue, lineValues, markRanges, rangeMarks, showValues } from './marks.ts'
import { theme } from './theme.ts'
import { chainBreaks, wrapping } from './wrapping.ts'

export interface EditorOptions {
  readonly parent: HTMLElement
  readonly text: string
  readonly informant: Informant
  /** The ids of the elements that describe the editor to screen readers. */
  readonly describedBy: string
  changed(text: string): void
  atCursor(hint: Hint | undefined): void
}

export interface Editor {
  readonly text: string
  /** Replaces the whole text. */
  setText(text: string): void
  showProblems(problems: readonly Problem[]): void
  showOperators(operators: readonly Range[]): void
  showValues(values: readonly LineValue[]): void
  goTo(position: number): void
  focus(): void
}

export function createEditor(options: EditorOptions): Editor {
  const { parent, text, informant, describedBy, changed, atCursor } = options
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      javascript({ typescript: true }),
      theme,
      rangeMarks('live-operator'),
      lineValues,
      hovers(informant),
      completion(informant),
      cursorHints(informant, atCursor),
      wrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Code', 'aria-describedby': describedBy, tabindex: '0' }),
      keymap.of([
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        ...completionKeymap,
        ...lintKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of(update => {
        if (update.docChanged) changed(update.state.doc.toString())
      }),
    ],
  })
  return {
    get text() {
      return view.state.doc.toString()
    },
    setText(given) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: given }, selection: { anchor: 0 } })
    },
    showProblems(problems) {
      const { length } = view.state.doc
      const shown = problems.map(({ from, to, severity, message, code }) => {
        // an empty range becomes one character wide, to be visible
        const end = Math.min(Math.max(to, from + 1), length)
        return { from: Math.min(from, Math.max(0, end - 1)), to: end, severity, message: `${message} (${code})` }
      })
      view.dispatch(setDiagnostics(view.state, shown))
    },
    showOperators: operators => markRanges(view, operators),
    showValues: values => showValues(view, values),
    goTo(position) {
      view.dispatch({ selection: { anchor: Math.min(position, view.state.doc.length) }, scrollIntoView: true })
      view.focus()
    },
    focus: () => view.focus(),
  }
}

export interface LoweredView {
  show(text: string, insertions: readonly Range[]): void
}

export const createLoweredView = (parent: HTMLElement): LoweredView =>
  createTextView(parent, 'Lowered TypeScript, read only')

/** A text to be read. */
export function createTextView(parent: HTMLElement, label: string): LoweredView {
  const view = new EditorView({
    parent,
    extensions: [
      lineNumbers(),
      javascript({ typescript: true }),
      theme,
      rangeMarks('inserted'),
      wrapping,
      chainBreaks,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ],
  })
  return {
    show(text, insertions) {
      if (text !== view.state.doc.toString())
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
      markRanges(view, insertions)
    },
  }
}
