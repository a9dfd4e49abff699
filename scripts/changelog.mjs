// The changelog as data: the form of its lines, and its text after a release. It must not know git or npm.

const groups = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']
const unreleased = '## [Unreleased]\n'

/** Each section, the newest first: its heading, and the lines below it. */
export function sectionsOf(text) {
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map(section => {
      const [heading, ...lines] = section.split('\n')
      return { heading, lines: lines.filter(line => line !== '') }
    })
}

/** What breaks the form: one line for each change, in known groups in their order, below versions. */
export function faultsOf(text) {
  return sectionsOf(text).flatMap(({ heading, lines }, at) => {
    const isKnown = at === 0 ? `${heading}\n` === unreleased : /^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/.test(heading)
    let group = -1
    const wrong = lines.filter(line => {
      if (!line.startsWith('### ')) return group === -1 || !isChange(line)
      const last = group
      group = groups.indexOf(line.slice('### '.length))
      return group <= last
    })
    return isKnown ? wrong : [heading, ...wrong]
  })
}

/** Whether a line is a whole list item, and each of its arrows joins two pieces of code. */
function isChange(line) {
  return /^- \S/.test(line) && [...line.matchAll(/→/g)].length === [...line.matchAll(/(?<=`) → (?=`)/g)].length
}

export const hasUnreleased = text => sectionsOf(text)[0]?.lines.some(line => line.startsWith('- ')) ?? false

/** The text in which the unreleased changes are those of a version. */
export function released(text, version, date) {
  return text.replace(unreleased, `${unreleased}\n## [${version}] - ${date}\n`)
}
