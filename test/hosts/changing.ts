/**
 * The project with parts that other files see only through types: what a watching host must follow without an import to follow.
 * It must not know any host.
 */
import { fixture } from './fixture.ts'
import type { Files, Project } from './project.ts'

const table = `'+': 'add'; '*': 'scale'; 'unary -': 'negated'; reflected: { '*': 'scale' }`

/** Nothing is left of `table.ts` for a bundler, and of `made.ts` only its functions. */
export const changing: Files = {
  ...fixture,
  'src/table.ts': `export interface Table { ${table} }\n`,
  'src/vec.ts': fixture['src/vec.ts']!.replace(`{ ${table} }`, 'Table').replace(
    "from 'tsgrad'\n",
    "from 'tsgrad'\nimport type { Table } from './table.ts'\n",
  ),
  'src/made.ts': `import { NumberWithGrad } from 'tsgrad'
export const made = (x: number) => new NumberWithGrad(x)
export type Made = ReturnType<typeof made>
`,
  'src/thrice.ts': `import type { Made } from './made.ts'\nexport const thrice = (value: Made) => value * 3\n`,
  'src/leaf.ts': `import { made } from './made.ts'
import { thrice } from './thrice.ts'

export const leaf = made(3) * 2 + 1
export const three = thrice(made(1))
`,
}

/** Edits of one file, each with what it is about. */
export const edits = {
  leaf: ['src/leaf.ts', '* 2', '* 5'],
  /** Another method for an operator in a file that only imports the class's type. */
  table: ['src/table.ts', "'*': 'scale'; 'unary", "'*': 'stretch'; 'unary"],
  lost: ['src/table.ts', "'*': 'stretch'; 'unary", "'unary"],
  found: ['src/table.ts', "'unary", "'*': 'scale'; 'unary"],
  /** A function gives plain numbers now: no operator on its results may be a method any more. */
  inferred: ['src/made.ts', 'new NumberWithGrad(x)', 'x + 1'],
} satisfies Record<string, readonly [file: string, before: string, after: string]>

/** Edits a file of a project. */
export function edit(project: Project, name: keyof typeof edits): void {
  const [file, before, after] = edits[name]
  const text = project.read(file)
  if (!text.includes(before)) throw new Error(`${file} does not hold ${before}`)
  project.write({ [file]: text.replace(before, after) })
}
