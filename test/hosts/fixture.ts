/**
 * The one project that every host builds or runs: its files, what it prints, and the errors that can be switched on.
 * It must not know any host.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Files, installed, type Packages, repository } from './project.ts'

const folder = fileURLToPath(new URL('fixture', import.meta.url))

/** The texts of the project, by their paths in it; test/hosts/fixture/ holds them. */
export const fixture: Files = Object.fromEntries(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
)

/** What it imports. */
export const packages: Packages = { ...installed, 'decimal.js': join(repository, 'node_modules/decimal.js') }

/** What `src/main.ts` prints, a line each. */
export const printed: readonly string[] = [
  'loss 2.5, by weight 5, by bias 3',
  'squares 4 25',
  'twice 8',
  'moved (6, 12), mirrored (-1, -2)',
  'total 0.3',
]

/** A place as people count it: lines and columns from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `src/failing.ts` prints a line, and then throws: at the first place, called at the second. */
export const failing = {
  printed: 'before -6',
  message: 'RangeError: -5 is below zero',
  places: [
    placeOf('src/model.ts', 'new RangeError'),
    placeOf('src/failing.ts', 'positive(below'),
  ] satisfies readonly Place[],
}

/** An error that one changed piece of text brings, and no other error with it. */
export interface Deliberate extends Place {
  readonly code: number
  readonly text: string
  /** The changed file, by its path: an error of a class's table stands in a file that only uses it. */
  readonly files: Files
}

export const errors = {
  /** An operator that the class does not name. */
  operator: deliberate('src/model.ts', ['doubled + value < 0', 'doubled & value'], 'src/model.ts', '& value', {
    code: 92001,
    text: '`&` is not defined for NumberWithGrad and NumberWithGrad.',
  }),
  /** TypeScript's own words, about an operand. */
  operand: deliberate('src/loss.ts', ['predict(x) - y', "predict(x) - 'y'"], 'src/loss.ts', "'y'", {
    code: 2345,
    text: "Argument of type 'string' is not assignable to parameter of type 'Numeric'.",
  }),
  /** A class that loses an operator that another file uses. */
  table: deliberate('src/vec.ts', ["'*': 'scale'; 'unary", "'unary"], 'src/physics.ts', '* time', {
    code: 92001,
    text: '`*` is not defined for Vec2 and number.',
  }),
} satisfies Record<string, Deliberate>

/** `src/physics.ts` has its class from an alias that no tsconfig.json names; the import is of a type, so that a tool needs not resolve it. */
const unfound: Files = { 'src/physics.ts': fixture['src/physics.ts']!.replace('./vec.ts', '#vec') }

/** The errors in a host that runs no type check. */
export const inHosts: Record<string, Deliberate> = {
  ...errors,
  module: {
    ...placeOf('src/physics.ts', '+ velocity', unfound['src/physics.ts']),
    code: 92028,
    text: "The type of 'position' is not known, because TypeScript does not find the module '#vec'",
    files: unfound,
  },
}

/** The same where all types are checked. */
export const inCompilers: Record<string, Deliberate> = {
  ...errors,
  module: {
    ...placeOf('src/physics.ts', "'#vec'", unfound['src/physics.ts']),
    code: 2307,
    text: "Cannot find module '#vec' or its corresponding type declarations.",
    files: unfound,
  },
}

/** Where a piece of text stands first in a file of the project. */
export function placeOf(file: string, piece: string, text = fixture[file]!): Place {
  const offset = text.indexOf(piece)
  if (offset < 0) throw new Error(`${file} does not hold ${piece}`)
  const before = text.slice(0, offset).split('\n')
  return { file, line: before.length, column: before.at(-1)!.length + 1 }
}

function deliberate(
  changed: string,
  [before, after]: readonly [string, string],
  file: string,
  at: string,
  message: { code: number; text: string },
): Deliberate {
  const text = fixture[changed]!.replace(before, after)
  if (text === fixture[changed]) throw new Error(`${changed} does not hold ${before}`)
  return { ...placeOf(file, at, file === changed ? text : fixture[file]!), ...message, files: { [changed]: text } }
}
