/**
 * The code blocks of README.md and docs/, as data: what each is, and what it claims.
 * It must not know what any page is about, nor how programs are compiled.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './hosts/project.ts'

export interface Block {
  readonly page: string
  /** The line of the page on which its text begins. */
  readonly line: number
  readonly language: string
  readonly text: string
  /** The block before it, when no prose stands between. */
  readonly above: Block | undefined
}

/** What a block is looked at for; each kind has its own check. */
export type Kind =
  | 'program' // runs, and prints what it claims
  | 'refused' // is compiled to the errors that its comments name
  | 'file' // its first line is a comment with its name; it belongs to the project of its page
  | 'output' // what the program above prints, or the errors of the one that is refused
  | 'lowered' // what the program above is lowered to
  | 'session' // commands, each with what it prints, in the project of the page
  | 'commands'
  | 'json'
  | 'other'

// generated at build time from docstrings, whose examples are run by their own test; records of what was decided
const unread = ['docs/api', 'docs/decisions']

/** README.md and all pages, by their paths in the repository. */
export function pages(): readonly string[] {
  const found = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`)
  return ['README.md', ...found.filter(name => !unread.some(folder => name.startsWith(`${folder}/`))).sort()]
}

/** A file's text; regions that a page repeats are empty lines, since they are looked at where they stand. */
export function textOf(page: string): string {
  const repeated = /(?<=^<!-- #include [^\n]* -->\n).*?(?=^<!-- #end -->$)/gms
  return readFileSync(join(repository, page), 'utf8').replace(repeated, text => text.replace(/[^\n]/g, ''))
}

/** The fenced blocks of a page. */
export function blocksOf(page: string): readonly Block[] {
  const text = textOf(page)
  const blocks: Block[] = []
  let end = 0
  for (const match of text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const between = text.slice(end, match.index)
    end = match.index + match[0].length
    blocks.push({
      page,
      line: text.slice(0, match.index).split('\n').length + 1,
      language: match[1]!,
      text: match[2]!,
      above: isNothing(between) ? blocks.at(-1) : undefined,
    })
  }
  return blocks
}

/** Whether a piece of a page has no more than tags, a heading or the one word that joins two blocks. */
function isNothing(between: string): boolean {
  return between.split('\n').every(line => /^(?:<\/?\w[^>]*>|## .*|becomes|)$/.test(line.trim()))
}

/** Whether another test runs the block: that of the command, or that of the libraries, which has a stand-in for one of them. */
export function isElsewhere({ page, text }: Block): boolean {
  return page === 'docs/command.md' || text.includes("declare module 'luxon'")
}

/** The name that the first line of a block gives to it. */
export function nameOf({ text }: Block): string | undefined {
  return /^(?:\/\/|#|<!--) ([\w./-]+\.\w+)(?: -->)?\n/.exec(text)?.[1]
}

const claimsErrors = (text: string) => /\/\/ error TS\d+$/m.test(text)

/** What a block is. */
export function kindOf(block: Block): Kind {
  const { language, text, above } = block
  if (language === 'ts') return typeScriptKind(block)
  if (language === 'js') return 'file'
  if (language === 'text' && text.startsWith('$ ')) return 'session'
  if (language === 'text' && above !== undefined && above.language === 'ts') return 'output'
  if (language === 'sh') return 'commands'
  if (language === 'json' || language === 'jsonc') return 'json'
  return nameOf(block) === undefined ? 'other' : 'file'
}

function typeScriptKind(block: Block): Kind {
  if (block.above?.language === 'ts') return 'lowered'
  if (claimsErrors(block.text)) return 'refused'
  if (nameOf(block) !== undefined) return 'file'
  // on the pages of hosts most are pieces of configuration, without a name when there is but one file
  return block.page.startsWith('docs/hosts/') && claimedLines(block.text).length === 0 ? 'file' : 'program'
}

/** What the comments behind `console.log(…)` say. */
export function claimedLines(text: string): readonly string[] {
  return [...text.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, output]) => output!)
}

/** The program that a block of output or of lowered text speaks of. */
export function subjectOf({ above }: Block): Block | undefined {
  return above !== undefined && kindOf(above) === 'lowered' ? above.above : above
}

/** A name for the block, by which failing tests are found: `docs/start.md:20`. */
export const placeOf = ({ page, line }: Block) => `${page}:${line}`

/** What a block says of errors: the lines, in the block, and their codes. */
export function claimedErrors(text: string): readonly (readonly [line: number, code: string])[] {
  return text.split('\n').flatMap((line, at) => {
    const code = /\/\/ error (TS\d+)$/.exec(line)?.[1]
    return code ? [[at + 1, code] as const] : []
  })
}

/** The commands of a session, each with what it prints. */
export function steps(text: string): readonly { readonly command: string; readonly output: string }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map(each => ({
      command: each.slice(0, each.indexOf('\n')),
      output: each.slice(each.indexOf('\n') + 1),
    }))
}

/** The packages that a text imports, by their names without a path inside of them. */
export function importedPackages(text: string): readonly string[] {
  const specifiers = [...text.matchAll(/^import (?:[^'"]* from )?'([^'.][^']*)'/gm)].map(([, name]) => name!)
  return [...new Set(specifiers.map(name => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]))]
}
