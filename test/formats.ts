/** Texts as Prettier writes them, and their trees without what formats may differ in. */
import { format, type Options } from 'prettier'
import ts from 'typescript'
import { skeletonOf } from '../transformer/lower/skeleton.ts'
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
