/** The entries of libraries for programs that `require`: a library has other classes for them than for programs that `import`. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { libraries } from '../../scripts/tables/libraries.ts'
import { repository } from './project.ts'

/** A program that prints, of each class of a library, the methods that an entry installed. */
const program = (load: 'import' | 'require', { entry, package: name, classes }: (typeof libraries)[number]) => `
${load === 'import' ? '' : "const require = process.getBuiltinModule('module').createRequire(process.cwd() + '/')"}
await ${load}('tsgrad/interop/${entry}')
const library = await ${load}('${name}')
for (const name of ${JSON.stringify(classes)}) {
  const found = Object.entries(Object.getOwnPropertyDescriptors(library[name].prototype))
  const isOurs = ([, { value }]) => typeof value === 'function' && Symbol.for('tsgrad.interop') in value
  console.log(name, found.filter(isOurs).map(([name]) => name).sort().join(' '))
}`

const run = (text: string) =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: repository,
    encoding: 'utf8',
    stdio: 'pipe',
  })

test.each(libraries)('$package has the same methods after `require` as after `import`', library => {
  const required = run(program('require', library))
  expect(required.match(/\w+ \w+/g)?.length ?? 0).toBeGreaterThanOrEqual(library.classes.length)
  expect(required).toBe(run(program('import', library)))
})
