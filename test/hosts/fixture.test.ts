/** The project of all hosts, compiled by tspc: what every other host is compared to. */
import { beforeAll, expect, test } from 'vitest'
import { failing, fixture, inCompilers, packages, printed } from './fixture.ts'
import { Project, type Run } from './project.ts'

const project = new Project(fixture, packages)
let compiled: Run
beforeAll(async () => {
  compiled = await project.tspc()
})

test('it is compiled without errors and prints its values and gradients', async () => {
  expect(compiled).toEqual({ status: 0, output: '' })
  expect(Object.keys(fixture).filter(name => /[*+-] /.test(fixture[name]!)).length).toBeGreaterThan(5)
  expect(await project.node('out/main.js')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
})

test('what it throws is thrown at the places that are written down', async () => {
  const { output, status } = await project.node('--enable-source-maps', 'out/failing.js')
  expect(status).toBe(1)
  expect(output).toContain(failing.printed)
  expect(output).toContain(failing.message)
  const places = [...output.matchAll(/(src\/\w+\.ts):(\d+):(\d+)\)?$/gm)]
  expect(places.map(([, file, line, column]) => ({ file, line: Number(line), column: Number(column) }))).toEqual(
    failing.places,
  )
})

test.each(Object.entries(inCompilers))(
  'the error `%s` is the only one, at its place',
  async (_, { files, ...error }) => {
    const broken = new Project({ ...fixture, ...files }, packages)
    const { output, status } = await broken.tspc('--noEmit', '--pretty', 'false')
    const [first, ...others] = output.split('\n').filter(line => line.startsWith('src/'))
    expect(first).toContain(`${error.file}(${error.line},${error.column}): error TS${error.code}: ${error.text}`)
    expect(others).toEqual([])
    expect(status).not.toBe(0)
  },
)
