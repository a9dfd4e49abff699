/**
 * The list of errors under the code; a click goes to the place of the error.
 * It must not know where errors come from.
 */
import type { Problem } from '../worker/messages.ts'
import { html } from './element.ts'

export function showProblems(
  parent: HTMLElement,
  problems: readonly Problem[],
  goTo: (position: number) => void,
): void {
  const items = problems.slice(0, 50).map(({ line, column, code, source, message, from, severity }) => {
    const place = html('span', { class: 'place' }, `${line}:${column}`)
    const name = html('span', { class: 'code' }, source === 'tsgrad' ? `tsgrad ${code}` : code)
    const button = html('button', { type: 'button', class: severity }, place, name, html('span', {}, message))
    button.addEventListener('click', () => goTo(from))
    return html('li', {}, button)
  })
  parent.replaceChildren(...(items.length > 0 ? [html('ul', {}, ...items)] : []))
}
