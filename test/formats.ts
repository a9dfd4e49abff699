/** Texts as Prettier writes them, and their trees without what formats may differ in. */
import { format, type Options } from 'prettier'
import ts from 'typescript'
import { expect } from 'vitest'
import { skeletonOf } from '../transformer/lower/skeleton.ts'
import type { Compiled } from './compile.ts'
import { parse } from './every-site.ts'

export const styles: readonly Options[] = [{}, { trailingComma: 'none', semi: false }, { printWidth: 40 }]

export function written(text: string, style: Options): Promise<string> {
  return format(text, { parser: 'typescript', singleQuote: true, ...style })
}

/** The tokens of a text's tree; a semicolon alone is none. */
export function tokensOf(text: string): readonly string[] {
  const all = [...skeletonOf(ts, parse(text), () => undefined)].map(({ token }) => token)
  return all.filter((token, i) => token !== 'EmptyStatement {' && all[i - 1] !== 'EmptyStatement {')
}

/** A text with its forms in these styles, by the names of files. */
export async function inStyles(text: string, wanted = styles): Promise<Readonly<Record<string, string>>> {
  const forms = await Promise.all(wanted.map(style => written(text, style)))
  return { 'raw.ts': text, ...Object.fromEntries(forms.map((form, i) => [`style${i}.ts`, form])) }
}

/** The forms of a module of these programs: in a full run of all in each style, else of some in one. */
export function sampledForms<P>(programs: readonly P[], moduleOf: (programs: readonly P[]) => string, seed: number) {
  return inStyles(moduleOf(isFull ? programs : programs.slice(0, 40)), sampledStyles(seed))
}

const isFull = process.env.PROGRAMS !== undefined

/** All styles in a full run, else one. */
export const sampledStyles = (seed: number): readonly Options[] => (isFull ? styles : [styles[seed % styles.length]!])

/** All rows in a full run, else every sixth. */
export const sampled = <Row>(rows: readonly Row[], seed: number): readonly Row[] =>
  isFull ? rows : rows.filter((_, i) => (i + seed) % 6 === 0)

/** Each form of a text is lowered to the tree that the text itself is. */
export function expectOneTree(compiled: Pick<Compiled, 'lowered'>, [name, ...forms]: readonly string[]): void {
  expect(forms.length).toBeGreaterThan(0)
  const tokens = tokensOf(compiled.lowered(name))
  for (const form of forms) expect(tokensOf(compiled.lowered(form)), form).toEqual(tokens)
}

/** The different comments of a text, each in one line. */
export const commentsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/\/\*[\s\S]*?\*\/|\/\/ .*/g)].map(([comment]) => comment.replace(/[\n\r\u2028\u2029]/g, ' ')),
  )
