/** A fault of tsgrad itself stops the build, says where it happened, and leaves no file behind that could be run. */
import { describe, test } from 'vitest'
import { printed } from './printed.ts'
import { Project, tsconfig } from './project.ts'

/** A transformer that hands tsgrad a compiler of which one function throws on one piece of code. */
const sabotage = (name: string, code: string) => `import transform from 'tsgrad/transformer'
export default (program, host, config, { ts }) => {
  const ${name} = (node, ...rest) => {
    if (node.getText?.() === ${JSON.stringify(code)}) throw new Error('sabotaged')
    return ts.${name}(node, ...rest)
  }
  return transform(program, host, config, { ts: { ...ts, ${name} } })
}
`
const source = `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3)
export const b = a * 4
export const c = b + Math.max(a, b * 2)
export const d = a & 1
`
const plugins = [{ transform: './sabotage.mjs', transformProgram: true }]

function sabotaged(name: string, code: string, options: object = {}): Project {
  return new Project({
    'src/good.ts': 'export const good = 1\n',
    'src/main.ts': source,
    'sabotage.mjs': sabotage(name, code),
    'tsconfig.json': tsconfig({ plugins, sourceMap: true, ...options }),
  })
}

const faults = [
  { phase: 'finding operators', name: 'isPrefixUnaryExpression', code: 'b * 2', line: 1, column: 1, args: [] },
  {
    ...{ phase: 'resolving an operator, with --noEmit', name: 'isSpreadElement', code: 'b * 2', line: 4, column: 22 },
    args: ['--noEmit'],
  },
] as const

describe.concurrent.each(faults)('a fault while $phase', ({ name, code, line, column, args }) => {
  test('is reported with its place, and nothing is written', async ({ expect }) => {
    const project = sabotaged(name, code)
    const { status, output } = await project.tspc(...args)
    const [{ message, ...where } = { message: '' }, ...others] = printed(output)
    expect(where).toEqual({ file: 'src/main.ts', line, column, code: 'TS99001' })
    expect(message).toContain('tsgrad failed here, so nothing was compiled.')
    expect(output).toContain('sabotaged')
    expect(others).toEqual([])
    expect(status).not.toBe(0)
    expect(project.exists('out')).toBe(false)
  })
})

describe.concurrent('nothing is left behind', () => {
  test('with --incremental, nothing is written either, and the next build without the fault is complete', async ({
    expect,
  }) => {
    const project = sabotaged('isSpreadElement', 'b * 2', { incremental: true })
    for (const _ of ['first', 'again']) {
      const { status, output } = await project.tspc()
      expect(printed(output).map(({ code, line }) => [code, line])).toEqual([['TS99001', 4]])
      expect(status).toBe(1)
      expect(project.exists('out')).toBe(false)
      expect(project.exists('tsconfig.tsbuildinfo')).toBe(false)
    }
    project.write({ 'sabotage.mjs': "export { default } from 'tsgrad/transformer'\n" })
    const { output } = await project.tspc()
    expect(printed(output).map(({ code, line }) => [code, line])).toEqual([['TS92001', 5]])
    expect(project.read('out/main.js')).toContain('a.mul(4)')
  })

  test('with -b, nothing is written', async ({ expect }) => {
    const project = sabotaged('isSpreadElement', 'b * 2', { composite: true })
    const { status, output } = await project.tspc('-b')
    expect(printed(output).map(({ code, line }) => [code, line])).toEqual([['TS99001', 4]])
    expect(status).not.toBe(0)
    expect(project.exists('out')).toBe(false)
    expect(project.exists('tsconfig.tsbuildinfo')).toBe(false)
  })

  test('a fault that belongs to no file is reported too, and nothing is written', async ({ expect }) => {
    const project = sabotaged('createProgram', '')
    project.write({
      'sabotage.mjs': `import transform from 'tsgrad/transformer'
export default (program, host, config, { ts }) =>
  transform(program, host, config, { ts: { ...ts, createProgram() { throw new Error('sabotaged') } } })
`,
    })
    const { status, output } = await project.tspc()
    expect(output).toMatch(/error TS99001: tsgrad failed/)
    expect(output).toContain('sabotaged')
    expect(status).toBe(1)
    expect(project.exists('out')).toBe(false)
  })
})
