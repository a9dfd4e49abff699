/**
 * Small programs, a form of the language in each (small-programs.txt: `// name | arguments`, then the text of `f`): the derivatives by all
 * verbs are those of differences.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'
import { type CompiledVerb, expectDerivatives } from './by-differences.ts'

const text = readFileSync(new URL('small-programs.txt', import.meta.url), 'utf8')
const programs = text
  .split(/^(?=\/\/ .* \| \[)/m)
  .map(each => /^\/\/ (?<name>.*?) \| (?<args>.*)\n(?<source>[\s\S]*)/.exec(each)!.groups as Record<string, string>)

const compiled = compile(
  Object.fromEntries(
    programs.map(({ source }, i) => [
      `f${i}.ts`,
      `import { hvp, jvp, valueAndGrad } from 'tsgrad'
${source!.replace(/\bfunction f\(/, 'export function f(')}
export const verbs = [f, valueAndGrad(f), jvp(f), hvp(f)] as const`,
    ]),
  ),
  { declaration: false },
)

test('all of them compile', () => {
  expect(programs.length).toBeGreaterThan(120)
  expect(compiled.diagnostics.map(each => `${each.file?.fileName.split('/').at(-1)} ${shown(each)}`)).toEqual([])
})

const emitted = compiled.emit()
test.each(programs.map(({ name, args }, i) => [name, JSON.parse(jsonOf(args!)), i] as const))('%s', (_, args, i) => {
  const { verbs } = run(emitted.get(`f${i}.js`)!) as { verbs: readonly CompiledVerb[] }
  expectDerivatives(args as readonly unknown[], verbs)
})

/** Names of properties stand without quotes. */
function jsonOf(written: string): string {
  return written.replaceAll(/(\w+):/g, '"$1":')
}
