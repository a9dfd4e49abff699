/**
 * Functions as people write them, of money, geometry, statistics, learning and physics, and of each part of the language: each verb's
 * derivatives are those of differences.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'
import { type CompiledVerb, expectDerivatives } from './by-differences.ts'

const folder = new URL('everyday/', import.meta.url)
const files = readdirSync(folder).map(name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const points = text.slice(text.indexOf('export const points'))
  const names = [...points.matchAll(/^ {2}(\w+): \[/gm)].map(([, each]) => each!)
  const verbs = names.map(
    each => `export const of_${each} = [${each}, valueAndGrad(${each}), jvp(${each}), hvp(${each})] as const\n`,
  )
  return { name, names, text: `import { hvp, jvp, valueAndGrad } from 'tsgrad'\n${text}${verbs.join('')}` }
})
const compiled = compile(Object.fromEntries(files.map(({ name, text }) => [name, text])), { declaration: false })

test('all of them compile', () => {
  expect(compiled.diagnostics.map(each => `${each.file?.fileName.split('/').at(-1)} ${shown(each)}`)).toEqual([])
})

const emitted = compiled.emit()
const rows = files.flatMap(({ name, names }) => {
  const made = run(emitted.get(name.replace('.ts', '.js'))!) as Record<string, unknown>
  const points = made.points as Record<string, readonly unknown[]>
  return names.map(each => [each, points[each]!, made[`of_${each}`] as readonly CompiledVerb[]] as const)
})

test.each(rows)('%s', (_, args, verbs) => {
  expectDerivatives(args, verbs)
})
