/** Links as they are written for readers of the repository, turned into links of the site. It must not know any page. */
import type { MarkdownRenderer } from 'vitepress'

const PACKAGE = 'https://www.npmjs.com/package/tsgrad'

/** The same place on the site: the README is the package's page, docs/ is the root, and a folder's README is its index. */
export function linkOnSite(href: string): string {
  const [, readme, heading] = /^(?:\.\.\/)*(README\.md)(#.*)?$/.exec(href) ?? []
  if (readme !== undefined && href.startsWith('../')) return `${PACKAGE}${heading ?? ''}`
  return href.replace(/(^|\/)README\.md(?=#|$)/, '$1index.md')
}

/** A plugin of markdown-it. */
export function relinked(md: MarkdownRenderer): void {
  md.core.ruler.push('links of the site', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet('href')
      if (token.type !== 'link_open' || href === null) continue
      token.attrSet('href', linkOnSite(href))
    }
  })
}
