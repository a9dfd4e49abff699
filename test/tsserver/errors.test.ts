/** What the real tsserver reports of natural math: nothing that is not so, and true errors where they are, in readable words. */
import { afterAll, describe, expect, test } from 'vitest'
import { Project, repository } from '../hosts/project.ts'
import { Editor } from './editor.ts'
import * as sources from './fixture.ts'
import { COMPILERS } from './server.ts'

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  const files = { 'vec.ts': sources.vec, 'main.ts': sources.main, 'wrong.ts': sources.wrong }
  const editor = new Editor(files, { compiler, options: { noUncheckedIndexedAccess: true } })
  const without = new Editor(files, { compiler, plugin: false })
  afterAll(() => [editor, without].map(each => each.close()))

  test('natural math has no errors, and is full of them without the plugin', async () => {
    expect(await editor.errors('main.ts')).toEqual([])
    expect(await editor.errors('vec.ts')).toEqual([])
    expect((await without.errors('main.ts')).length).toBeGreaterThan(7)
  })

  test('errors stand at their place and say what is wrong', async () => {
    expect(await editor.errors('wrong.ts')).toEqual([
      `4 "'x'" TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.`,
      `5 "two" TS2322 Type 'NumberWithGrad' is not assignable to type 'string'.`,
      `7 "3" TS2345 Argument of type 'number' is not assignable to parameter of type 'Vec'.`,
      `8 "nope" TS2339 Property 'nope' does not exist on type 'NumberWithGrad'.`,
      `10 "maybe" TS18048 'maybe' is possibly 'undefined'.`,
      `11 "missing" TS2304 Cannot find name 'missing'.`,
      '6 "&" TS92001 `&` is not defined for NumberWithGrad and number. NumberWithGrad names + - * / % ** < > <= >= unary - unary +, reflected + - * / % ** < > <= >=.',
    ])
    expect(await editor.suggestions('wrong.ts')).toEqual([
      `12 "unused" TS6133 'unused' is declared but its value is never read.`,
    ])
  })

  test('an error that an edit makes in another file comes and goes with it', async () => {
    editor.change('vec.ts', 'scale(by: number)', 'scale(by: string)')
    expect((await editor.errors('main.ts')).map(each => each.split(' TS')[0])).toEqual(['8 "2"', '9 "3"', '12 "scale"'])
    editor.change('vec.ts', 'scale(by: string)', 'scale(by: number)')
    expect(await editor.errors('main.ts')).toEqual([])
  })

  test('natural math in the sources of a linked package has its types', async () => {
    const manifest = '{ "name": "twice", "type": "module", "exports": "./index.ts" }'
    const index = `${sources.vec}export const twice = (v: Vec) => v * 2\n`
    const linked = new Project({ 'package.json': manifest, 'index.ts': index }, { tsgrad: repository })
    const main = `import { twice, Vec } from 'twice'\nexport const x: string = (twice(new Vec(1, 2)) * 3).x\n`
    const user = new Editor({ 'main.ts': main }, { compiler, packages: { twice: linked.root } })
    expect(await user.errors('main.ts')).toEqual([`2 "x" TS2322 Type 'number' is not assignable to type 'string'.`])
    user.close()
  })
})
