/** Files and projects without operators of a class come out of `tspc` as they come out of plain `tsc`, byte for byte. */
import { expect, test } from 'vitest'
import { Project, tsconfig } from './project.ts'

const options = { sourceMap: true, declarationMap: true, incremental: true }
const plain = {
  'src/plain.ts': `/* spaces   and     oddities */ export const  a = 1+2 ,b = a*4 ; export let c = -a - -b
export  function f(x : number){ return x** 2+Math.tanh(x)}
declare const unknown: any
c += 2; c++ ; export const d = unknown * 2 + "s" + unknown ;;
`,
  'src/user.ts': "import { f } from './plain.js'\nexport const value = f( 2 )*3\n",
  'src/view.tsx': 'export const view = <p>{1 +2}</p>\n',
  'src/global.d.ts': 'declare namespace JSX { interface IntrinsicElements { p: object } }\n',
}

test('a project without any class with operators gives the outputs and messages of plain tsc', async () => {
  const files = {
    ...plain,
    'src/bad.ts': "export const bad = 'x' * 2\nexport const date = new Date(0) - new Date(1)\n",
    'tsconfig.json': tsconfig({ ...options, jsx: 'preserve' }),
  }
  const [withTransformer, without] = [new Project(files), new Project(files)]
  const [run, plainRun] = await Promise.all([withTransformer.tspc(), without.tsc()])
  expect(run).toEqual(plainRun)
  expect(run.output.match(/TS236\d/g)).toEqual(['TS2362', 'TS2362', 'TS2363'])
  expect(withTransformer.all('out')).toEqual(without.all('out'))
  expect(Object.keys(without.all('out')).length).toBe(4 * 4)
  expect(withTransformer.read('tsconfig.tsbuildinfo')).toEqual(without.read('tsconfig.tsbuildinfo'))
})

test('in a project with such a class, files that cannot reach it give the outputs of plain tsc', async () => {
  const files = {
    ...plain,
    'src/tracked.ts': `import { NumberWithGrad } from 'tsgrad'
import { f } from './plain.js'
export const a = new NumberWithGrad(f(2)) * 2
`,
    // reaches the class, but uses its operators nowhere
    'src/idle.ts': `import { a } from './tracked.js'
export const  product = 2*  3 , text = \`\${ a }\` ; export const n = a.num*2 - -product
`,
    'tsconfig.json': tsconfig({ ...options, jsx: 'preserve', incremental: false }),
  }
  const [withTransformer, without] = [new Project(files), new Project(files)]
  const [run] = await Promise.all([withTransformer.tspc(), without.tsc()])
  expect(run).toEqual({ status: 0, output: '' })
  const { 'tracked.js': tracked, ...outputs } = withTransformer.all('out')
  const { 'tracked.js': untransformed, ...wanted } = without.all('out')
  expect(tracked).toContain('new NumberWithGrad(f(2)).mul(2)')
  expect(untransformed).toContain('new NumberWithGrad(f(2)) * 2')
  const isOther = ([name]: [string, string]) => !name.startsWith('tracked.')
  const others = Object.entries(wanted).filter(isOther)
  expect(others.length).toBe(4 * 4)
  expect(Object.entries(outputs).filter(isOther)).toEqual(others)
})
