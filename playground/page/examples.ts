/**
 * The list of examples, as links that can be shared.
 * It must not know how an example is opened.
 */
import { type Example, examples } from '../examples/index.ts'
import { html } from './element.ts'

const PREFIX = '#example='

export const hashOfExample = (id: string): string => PREFIX + id

export function exampleIn(hash: string): Example | undefined {
  return examples.find(({ id }) => hash === PREFIX + id)
}

/** `mark` highlights the example that has this text. */
export function listExamples(parent: HTMLElement, about: HTMLElement): { mark(text: string): void } {
  const links = examples.map(({ id, title }) => html('a', { href: hashOfExample(id) }, title))
  parent.append(...links.map(link => html('li', {}, link)))
  return {
    mark(text) {
      examples.forEach((example, i) => {
        const link = links[i]!
        if (example.text === text) {
          link.setAttribute('aria-current', 'true')
          link.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        } else link.removeAttribute('aria-current')
      })
      about.textContent = examples.find(example => example.text === text)?.about ?? ''
    },
  }
}
