// The text of docs/errors.md: every message of tsgrad's own, with what it means and what to do.

// by the thousands of the codes
const CHAPTERS = {
  91: 'Unsupported syntax',
  92: 'Operators and types',
  93: 'Configuration',
  94: 'Functions on plain numbers',
  99: 'Bugs in tsgrad',
}
const chapterOf = ({ code }) => Math.floor(code / 1000)

// the first line says it all; what follows is filled in
const messageOf = ({ text }) => text.split('\n')[0].replace(/\{\d\}/g, '…')

function entry(each) {
  return `### TS${each.code}

> ${messageOf(each)}

${each.advice}`
}

function chapter(number, entries) {
  if (!(number in CHAPTERS)) throw new Error(`no chapter for the codes from TS${number}000 on`)
  return `## ${CHAPTERS[number]}\n\n${entries.map(entry).join('\n\n')}`
}

/** docs/errors.md */
export function errorsPage(catalogue) {
  const entries = Object.values(catalogue).sort((a, b) => a.code - b.code)
  const chapters = [...new Set(entries.map(chapterOf))]
  return `# Errors

Generated from the messages in \`transformer/report/\` by \`scripts/generate.mjs\`: change them instead.

These are tsgrad's own messages; \`tspc\` prints \`TS\` before their numbers, as before those of TypeScript. If a class names an operator but
does not accept the operand, TypeScript reports the argument of the method instead. \`// @ts-expect-error\` and \`// @ts-ignore\`
suppress the messages from TS91000 to TS92999.

${chapters
  .map(number =>
    chapter(
      number,
      entries.filter(each => chapterOf(each) === number),
    ),
  )
  .join('\n\n')}
`
}
