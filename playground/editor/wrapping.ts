/**
 * How long lines wrap: indented further, and broken where a person would break code.
 * It must not know what the code means.
 */
import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, MatchDecorator, ViewPlugin, WidgetType } from '@codemirror/view'
import { html } from '../page/element.ts'

/** The additional indentation, in characters. */
const FURTHER = 2
const MOST = 16

function hanging(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges)
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at)
      const depth = Math.min(line.text.search(/\S|$/), MOST) + FURTHER
      const style = `padding-left: calc(6px + ${depth}ch); text-indent: -${depth}ch`
      found.add(line.from, line.from, Decoration.line({ attributes: { style } }))
      at = line.to + 1
    }
  return found.finish()
}

const indent = ViewPlugin.define(
  view => ({
    decorations: hanging(view),
    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = hanging(update.view)
    },
  }),
  { decorations: plugin => plugin.decorations },
)

class Break extends WidgetType {
  override eq(): boolean {
    return true
  }
  override toDOM(): HTMLElement {
    return html('wbr')
  }
}

const mayBreak = Decoration.widget({ widget: new Break(), side: -1 })
const links = new MatchDecorator({
  regexp: /\)(?=\.\w+\()|__\w+\(/g,
  decorate: (add, _, to) => add(to, to, mayBreak),
})

const breaks = ViewPlugin.define(
  view => ({
    decorations: links.createDeco(view),
    update(update) {
      this.decorations = links.updateDeco(update, this.decorations)
    },
  }),
  { decorations: plugin => plugin.decorations },
)

/** Wraps lines with additional indentation. */
export const wrapping: Extension = [EditorView.lineWrapping, indent]
/** Allows breaks before a dot in a chain of calls, and after the parenthesis of a long call. */
export const chainBreaks: Extension = breaks
