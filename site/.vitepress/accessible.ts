/** What the default theme's pages need so that everybody can read them. It must not know any page. */
import type { MarkdownRenderer } from 'vitepress'

/** A plugin of markdown-it: a table that is wider than its page is scrolled in a group that the keyboard reaches. */
export function accessible(md: MarkdownRenderer): void {
  md.renderer.rules.table_open = () => '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>\n'
  md.renderer.rules.table_close = () => '</table></div>\n'
}
