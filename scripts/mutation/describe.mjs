// A mutant in words, for reports and for the list of those that may survive. It must not know how mutants are run.

import { readFileSync } from 'node:fs'

/** A mutant in words: its place, what it replaces, and by what. */
export function describe({ fileName, location: { start, end }, mutatorName, replacement }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column)
  lines[0] = lines[0].slice(start.column)
  const short = text => text.replaceAll(/\s+/g, ' ').slice(0, 160)
  return {
    fileName,
    line: start.line + 1,
    mutatorName,
    original: short(lines.join('\n')),
    replacement: short(replacement),
  }
}

/** What is printed of a mutant that no test noticed. */
export function shown(status, { fileName, line, mutatorName, original, replacement }) {
  return `${status}: ${fileName}:${line} ${mutatorName}\n  - ${original}\n  + ${replacement}`
}
