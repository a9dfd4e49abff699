/**
 * Shows the lines that a program printed, and its exceptions.
 * It must not know where the text came from.
 */
import type { OutputLine } from '../run/messages.ts'
import { html } from './element.ts'

export interface Place {
  readonly line: number
  readonly column: number
}

export interface OutputPane {
  clear(): void
  print(lines: readonly OutputLine[], dropped: number): void
  /** Shows an error, with its place in the user's text if that is known. */
  fail(message: string, place: Place | undefined): void
  /** Shows what the user must do before there is output. */
  wait(message: string): void
  /** Ends the output of a run. */
  end(): void
}

export function createOutputPane(parent: HTMLElement, goTo: (place: Place) => void): OutputPane {
  let isFresh = true
  // the previous output stays until the first new line, so that the page does not flicker
  const begin = () => {
    if (isFresh) parent.replaceChildren()
    isFresh = false
  }
  let droppedBefore = html('p', { class: 'line note' })
  return {
    clear() {
      isFresh = true
      droppedBefore = html('p', { class: 'line note' })
    },
    print(lines, dropped) {
      begin()
      parent.append(...lines.map(({ level, text }) => html('pre', { class: `line ${level}` }, text)))
      if (dropped === 0) return
      droppedBefore.textContent = `… and ${dropped.toLocaleString('en')} more lines`
      parent.append(droppedBefore)
    },
    fail(message, place) {
      begin()
      const line = html('div', { class: 'line error' }, html('pre', {}, message))
      if (place) {
        const button = html('button', { type: 'button', class: 'place' }, `line ${place.line}, column ${place.column}`)
        button.addEventListener('click', () => goTo(place))
        line.append(button)
      }
      parent.append(line)
    },
    wait(message) {
      isFresh = true
      parent.replaceChildren(html('p', { class: 'empty' }, message))
    },
    end() {
      if (!isFresh) return
      begin()
      parent.replaceChildren(
        html('p', { class: 'empty' }, 'Nothing printed. ', html('code', {}, 'console.log(a)'), ' shows a number here.'),
      )
    },
  }
}
