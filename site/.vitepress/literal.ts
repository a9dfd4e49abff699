/** Pages are text: what looks like an expression of Vue's templates is printed as it is. It must not know any page. */
import type { MarkdownRenderer } from 'vitepress'

/** A plugin of markdown-it: `{{ price() }}` is not computed, in code inside of a line and in prose. VitePress sees to fenced code alone. */
export function literal(md: MarkdownRenderer): void {
  const { rules } = md.renderer
  for (const name of ['code_inline', 'text'] as const) {
    const render = rules[name]!
    rules[name] = (...args) => render(...args).replaceAll('{{', '<span v-pre>{{</span>')
  }
}
