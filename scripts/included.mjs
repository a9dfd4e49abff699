// Pages of docs/ that repeat a region of another page, for readers who have the files and no site. The region's text stays in one place;
// it must not know what any page is about.

import { dirname, join, relative } from 'node:path/posix'

const span = /^(<!-- #include (\S+)#([\w-]+) -->\n).*?^(<!-- #end -->)$/gms

function regionOf(text, name, path) {
  const found = text.split(`<!-- #region ${name} -->\n`)[1]?.split(`<!-- #endregion ${name} -->`)[0]
  if (found === undefined) throw new Error(`${path} has no region ${name}`)
  return found
}

/** The same links, written from another folder. Fenced code is not prose. */
function relinked(text, source, page) {
  const moved = (_, target) => {
    const path = target.startsWith('#') ? source + target : join(dirname(source), target)
    return `](${relative(dirname(page), path)})`
  }
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part, at) => (at % 2 === 0 ? part.replace(/\]\((?!\w+:)([^)\s]+)\)/g, moved) : part))
    .join('')
}

/** The text of a page with the regions as they are now; `read` gives the text of a path. */
export function withIncluded(page, read) {
  return read(page).replace(span, (_, start, target, name, end) => {
    const source = join(dirname(page), target)
    return `${start}${relinked(regionOf(read(source), name, source), source, page)}${end}`
  })
}
