/**
 * Marks inside the code: operators that are methods, and values of variables at the ends of their lines.
 * It must not know where these come from.
 */
import { type Extension, StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import { html } from '../page/element.ts'
import type { Range } from '../worker/messages.ts'

/** A variable's value, for the end of a line. */
export interface LineValue {
  readonly line: number
  readonly num: string
  readonly grad: string | undefined
}

const setRanges = StateEffect.define<readonly Range[]>()
const setValues = StateEffect.define<readonly LineValue[]>()

class ValueWidget extends WidgetType {
  readonly #values: readonly LineValue[]
  constructor(values: readonly LineValue[]) {
    super()
    this.#values = values
  }
  override eq(other: ValueWidget): boolean {
    return JSON.stringify(this.#values) === JSON.stringify(other.#values)
  }
  override toDOM(): HTMLElement {
    const texts = this.#values.flatMap(({ num, grad }) => {
      const value = html('span', { class: 'line-num' }, num)
      return grad === undefined ? [value] : [value, html('span', { class: 'line-grad' }, `∂ ${grad}`)]
    })
    // screen readers find the same numbers in the pictures, with names
    return html('span', { class: 'line-value', 'aria-hidden': 'true' }, ...texts)
  }
}

function field<T>(
  effect: typeof setRanges | typeof setValues,
  made: (value: readonly T[], text: Text) => DecorationSet,
) {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(decorations, { changes, effects, state }) {
      const found = effects.find(each => each.is(effect as never))
      return found ? made(found.value as readonly T[], state.doc) : decorations.map(changes)
    },
    provide: each => EditorView.decorations.from(each),
  })
}

const ranges = (name: string) =>
  field<Range>(setRanges, (found, { length }) => {
    const fitting = found.filter(({ from, to }) => from < to && to <= length)
    return Decoration.set(
      fitting.map(({ from, to }) => Decoration.mark({ class: name }).range(from, to)),
      true,
    )
  })

const values = field<LineValue>(setValues, (found, doc) => {
  const byLine = Map.groupBy(
    found.filter(({ line }) => line <= doc.lines),
    ({ line }) => line,
  )
  const widgets = [...byLine].map(([line, values]) =>
    Decoration.widget({ widget: new ValueWidget(values), side: 1 }).range(doc.line(line).to),
  )
  return Decoration.set(widgets, true)
})

/** Marks with this class, which `markRanges` sets. */
export const rangeMarks = (name: string): Extension => ranges(name)
export const lineValues: Extension = values

export function markRanges(view: EditorView, found: readonly Range[]): void {
  view.dispatch({ effects: setRanges.of(found) })
}
export function showValues(view: EditorView, found: readonly LineValue[]): void {
  view.dispatch({ effects: setValues.of(found) })
}
