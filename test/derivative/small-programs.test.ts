/**
 * Small programs, a form of the language in each (small-programs.txt, captured-programs.txt: `// name | arguments`, then the text of `f`, or
 * of its verbs; behind `//// name.ts` another file of the program): they compile with the strictest options, and the derivatives by all verbs
 * are those of differences.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'
import { type CompiledVerb, expectDerivatives } from './by-differences.ts'
import { strict } from './compiled.ts'

const programs = ['small', 'captured']
  .map(name => readFileSync(new URL(`${name}-programs.txt`, import.meta.url), 'utf8'))
  .flatMap(text => text.split(/^(?=\/\/ .* \| \[)/m))
  .map(each => /^\/\/ (?<name>.*?) \| (?<args>.*)\n(?<source>[\s\S]*)/.exec(each)!.groups as Record<string, string>)

/** The text of `f`, and those of the other files by their names. */
const partsOf = (source: string, i: number) => {
  const [main, ...others] = source.replaceAll("'./", `'./f${i}-`).split(/^\/\/\/\/ (.*)\n/m)
  return { main: main!, others: others.flatMap((name, k) => (k % 2 === 0 ? [[`f${i}-${name}`, others[k + 1]!]] : [])) }
}
const mainText = (text: string) => `import { hvp, jvp, valueAndGrad } from 'tsgrad'
${text.replace(/\bfunction f\(/, 'export function f(')}
${text.includes('export const verbs') ? '' : 'export const verbs = [f, valueAndGrad(f), jvp(f), hvp(f)] as const'}`

const compiled = compile(
  Object.fromEntries(
    programs.flatMap(({ source }, i) => {
      const { main, others } = partsOf(source!, i)
      return [[`f${i}.ts`, mainText(main)], ...others]
    }),
  ),
  { ...strict, allowUnreachableCode: true },
)

test('all of them compile', () => {
  expect(programs.length).toBeGreaterThan(150)
  expect(compiled.diagnostics.map(each => `${each.file?.fileName.split('/').at(-1)} ${shown(each)}`)).toEqual([])
})

const emitted = compiled.emit()
/** A module that was emitted, with those that it imports. */
const loaded = (name: string): Record<string, unknown> => {
  const imported = [...emitted.get(name)!.matchAll(/["'](\.\/f\d+-[\w-]+)(?:\.js)?["']/g)].map(([, each]) => each!)
  return run(
    emitted.get(name)!,
    Object.fromEntries(imported.flatMap(each => [`${each}.js`, each].map(key => [key, loaded(`${each.slice(2)}.js`)]))),
  )
}
test.each(programs.map(({ name, args }, i) => [name, JSON.parse(jsonOf(args!)), i] as const))('%s', (_, args, i) => {
  const { verbs } = loaded(`f${i}.js`) as { verbs: readonly CompiledVerb[] }
  expectDerivatives(args as readonly unknown[], verbs)
})

/** Names of properties stand without quotes. */
function jsonOf(written: string): string {
  return written.replaceAll(/(\w+):/g, '"$1":')
}
