/** An operand whose type is unknown because TypeScript does not find a module is an error at its operator, for hosts that check no types. */
import { expect, test } from 'vitest'
import { base, Edited } from './edited.ts'
import { type Files, tsconfig } from './hosts/project.ts'

/** The errors at operators of a file, `line:text`. */
function errorsIn(edited: Edited, name: string): readonly string[] {
  return edited.session.operatorDiagnostics(edited.path(name)).map(({ code, file, start, messageText }) => {
    const at = file!.getLineAndCharacterOfPosition(start!)
    return `TS${code} ${at.line + 1}:${at.character + 1} ${messageText}`
  })
}

const errorsOf = (text: string, files: Files = {}) =>
  errorsIn(new Edited({ ...base, 'src/a.ts': `${text}\nexport {}\n`, ...files }), 'src/a.ts')

/** Which of these modules are refused, all of them files of one project. */
function refusedAmong(texts: Readonly<Record<string, string>>, files: Files): readonly string[] {
  const named = Object.entries(texts).map(([name, text], i) => ({ name, text, file: `src/row${i}.ts` }))
  const rows = named.map(({ file, text }) => [file, `${text}\nexport {}\n`])
  const edited = new Edited({ ...base, ...files, ...Object.fromEntries(rows) })
  return named.flatMap(({ name, file }) =>
    errorsIn(edited, file).some(each => /^TS9202[89]/.test(each)) ? [name] : [],
  )
}

/** Each line is a module; the name before it says how the value comes to its operator. */
const refused: Readonly<Record<string, string>> = {
  'a value': "import { w } from '@m'; export const r = w * 2",
  'behind a sign': "import { w } from '@m'; export const r = -w",
  compared: "import { w } from '@m'; export const r = w < 2",
  'an argument of Math': "import { w } from '@m'; export const r = Math.sqrt(w)",
  'spread into Math': "import { xs } from '@m'; export const r = Math.max(...xs)",
  assigned: "import { w } from '@m'; let r = w; r *= 2; r++",
  'a result': "import { f } from '@m'; export const r = f(1).x * 2",
  'what a function returns': "import { f } from '@m'; const g = () => f(); export const r = g() * 2",
  'what a generator yields':
    "import { f } from '@m'; function* g() { yield f() } export const r = [...g()].map(x => x * 2)",
  'a tagged template': "import { f } from '@m'; export const r = f`a` * 2",
  awaited: "import { f } from '@m'; export const r = async () => (await f()) * 2",
  'then taken': "import { f } from '@m'; export const r = f().then(v => v * 2)",
  'a parameter of a callback': "import { xs } from '@m'; export const r = xs.map(x => x * 2)",
  'a constant in a callback': "import { xs } from '@m'; export const r = xs.map(x => { const y = x.a; return y * 2 })",
  'an element of a copy': "import { xs } from '@m'; export const r = [...xs].map(x => x * 2)",
  'a property of a copy': "import { w } from '@m'; export const r = { ...w }.x * 2",
  'an element of a loop': "import { f } from '@m'; let s = 0; for (const x of f()) s += x",
  'an element of a list': "import { w } from '@m'; const c = [w, 1]; export const r = c[0]! * 2",
  'a sum of a list': "import { w } from '@m'; export const r = [w, 1].reduce((a, b) => a + b)",
  'parts of a pattern': "import { f } from '@m'; const [a, { b }] = f(); export const r = b * a",
  'a default': "import { w } from '@m'; const h = (x = w) => x * 2",
  'a shorthand property': "import { w } from '@m'; const o = { w }; export const r = o.w * 2",
  'one of two': "import { w } from '@m'; export const r = (w.is ? w : 1) * 2",
  'or else': "import { w } from '@m'; export const r = (w ?? 1) * 2",
  'a namespace': "import * as m from '@m'; export const r = m.w * 2",
  'a namespace that is awaited': "const m = await import('@m'); export const r = m.w * 2",
  'parts of what is awaited': "const { w } = await import('@m'); export const r = w * 2",
  'a type': "import type { V } from '@m'; export const r = (v: V) => v * 2",
  'a type in a list': "import type { V } from '@m'; export const r = (v: V[]) => v[0]! * 2",
  'a type in a map': "import type { V } from '@m'; export const r = (v: Map<string, V>) => v.get('a')! * 2",
  'a type in a union': "import type { V } from '@m'; export const r = (v: V | undefined) => v! * 2",
  'a constraint': "import type { V } from '@m'; export const r = <T extends V>(v: T) => v * 2",
  'an interface below it': "import type { V } from '@m'; interface W extends V { y: 1 } export const r = (v: W) => -v",
  'an object': "import { V } from '@m'; export const r = new V(1) * 2",
  'an object of a class below it': "import { V } from '@m'; class W extends V {} export const r = -new W()",
  'a class two below it': "import { V } from '@m'; class W extends V {} class U extends W {} export const r = -new U()",
  'what another file exports': "import { w } from './b.js'; export const r = w * 2",
  'what another file passes on': "import { all } from './c.js'; export const r = all * 2",
  'a callback for what another file exports': "import { w } from './b.js'; export const r = w.map(x => x * 2)",
  'a type of another file': "import type { V } from './b.js'; export const r = (v: V) => v * 2",
  'an alias that is called like a module of Node': "import { v } from 'domain/v.js'; export const r = v * 2",
  'a query of the bundler': "import { v } from './v.ts?v=1'; export const r = v * 2",
  'what a declaration passes on': "import { w } from './domain/e.js'; export const r = w * 2",
  'a type that a declaration names': "import { x } from './domain/e.js'; export const r = x * 2",
  'what another file awaits': "import { later } from './d.js'; export const r = later.w * 2",
}
const others: Files = {
  'src/domain/e.d.ts': "export { w } from '@m'\nexport declare const x: import('@m').V\n",
  'src/b.ts': "import { w } from '@m'\nexport { w }\nexport type { V } from '@m'\n",
  'src/c.ts': "export * from '@m'\n",
  'src/d.ts': "export const later = await import('@m')\n",
}

test('each way of such a value to its operator is refused', () => {
  expect(Object.keys(refused).length).toBeGreaterThan(40)
  expect(refusedAmong(refused, others)).toEqual(Object.keys(refused))
})

/** What is no error. */
const taken: Readonly<Record<string, string>> = {
  'no such value': "import { w } from '@m'; export { w }; export const r = 1 * 2",
  'a module that is described': "import { w } from '@described'; export const r = w * 2",
  'a module that is described as anything': "import { w } from '@any'; export const r = w * 2",
  'an import for its effects': "import '@m'; export const r = JSON.parse('1') * 2",
  'JavaScript without types': "import { w } from './plain.js'; export const r = w * 2",
  'a value of type `any` where a component is not found':
    "import C from './C.vue'; export const r = C && JSON.parse('1') * 2",
  'a component that is loaded later': "export const C = () => import('./C.vue'); export const r = JSON.parse('1') * 2",
  'a module of the runtime':
    "import { readFile } from 'fs/promises'; import { cpus } from 'os'; export const r = cpus().length * 2",
  'what is no code': "import css from './a.module.css'; import text from './b?raw'; export const r = css.a + text",
  'a text on the left': "import { version } from '@m'; export const r = 'v' + version",
  'a file that is not checked': "// @ts-nocheck\nimport { w } from '@m'; export const r = w * 2",
  'a line that is not checked': "import { w } from '@m'\n// @ts-ignore\nexport const r = w * 2",
  'a name of Node': "export const r = __dirname + '/x', s = [__dirname].length * 2",
  'other errors':
    'export const r = ({} as { a: 1 }).b * 2; class A extends B {} class B extends A {} export const s = -new A()',
  'a constraint that goes round': 'export const r = <T extends U, U extends T>(v: T) => v * 2',
}
const files: Files = {
  'src/described.d.ts': "declare module '@described' { export const w: number }\ndeclare module '@any'\n",
  'src/plain.js': 'export const w = 1\n',
}

test('what is no code, is described, or is an error of another kind is none', () => {
  expect(Object.keys(taken).length).toBeGreaterThan(10)
  expect(refusedAmong(taken, files)).toEqual([])
})

test('the error says which module, who imports it and what to do, and stands at the operator of the original text', () => {
  const text = `import { Vec } from './vec.js'
import { w } from './b.js'
export const r = new Vec(1) + new Vec(2), s = w.x * 2`
  expect(errorsOf(text, others)).toEqual([
    `TS92028 3:51 The type of 'w.x' is not known, because TypeScript does not find the module '@m', which b.ts imports. So tsgrad cannot tell what \`*\` means. Tell TypeScript where the module is, as by \`paths\` in tsconfig.json, or describe it in a \`declare module '@m' { … }\`.`,
  ])
})

test('a name that only a tool knows is one too', () => {
  const text = 'export const r = injected * 2\nconst w = injected.of(1)\nexport const s = -w'
  expect(errorsOf(text).map(each => each.split('.')[0])).toEqual([
    "TS92029 1:27 The type of 'injected' is not known, because TypeScript does not find the name 'injected'",
    "TS92029 3:18 The type of 'w' is not known, because TypeScript does not find the name 'injected'",
  ])
  expect(errorsOf(`declare const injected: number\n${text.split('\n')[0]}`)).toEqual([])
})

test('a session follows a module that comes and goes', () => {
  const edited = new Edited({ ...base, 'src/a.ts': "import { v } from './late.js'\nexport const r = v + v\n" })
  expect(errorsIn(edited, 'src/a.ts')).toHaveLength(1)
  edited.write({ 'src/late.ts': "import { make } from './make.js'\nexport const v = make(1)\n" })
  expect(errorsIn(edited, 'src/a.ts')).toEqual([])
  expect(edited.lowered('src/a.ts')).toContain('v.add(v)')
  edited.remove('src/late.ts')
  expect(errorsIn(edited, 'src/a.ts')).toHaveLength(1)
})

test('a project that reaches tsgrad by that module alone is refused too', () => {
  const edited = new Edited({ 'tsconfig.json': tsconfig(), 'src/a.ts': refused['a value']! })
  expect(errorsIn(edited, 'src/a.ts')).toHaveLength(1)
})
