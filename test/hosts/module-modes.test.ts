/** The import that is inserted compiles and runs in each kind of module, under each option that restricts imports. */
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { transform } from '../../transformer/transform.ts'
import { Project } from './project.ts'

/** Each needs an import: the operand may be a number. */
const body = (tsgrad = '') => `type Num = ${tsgrad}Numeric
const line = (x: Num) => x * 2 + 1
const old = (x: { v: ${tsgrad}NumberWithGrad }) => x.v++
console.log(String(line(3)), String(line(new ${tsgrad}NumberWithGrad(3))), String(old({ v: new ${tsgrad}NumberWithGrad(5) })))
`
/** Three ways to import: by an import that is kept or converted, by TypeScript's own for CommonJS, and by a call of `require`. */
const ways = {
  import: `import { NumberWithGrad, type Numeric } from 'tsgrad'\n${body()}`,
  equals: `import tsgrad = require('tsgrad')\n${body('tsgrad.')}`,
  require: `import type { NumberWithGrad as N, Numeric } from 'tsgrad'\nconst { NumberWithGrad } = require('tsgrad') as typeof import('tsgrad')\ntype NumberWithGrad = N\n${body()}`,
}
type Way = keyof typeof ways

const node = { moduleResolution: undefined }
const bundler = { moduleResolution: 'bundler' }
/** A kind of module: options, the extension and the type of the package, and whether it becomes CommonJS. */
const kinds = {
  'esnext .ts': [{ module: 'esnext', ...bundler }, 'ts', 'module', false],
  'esnext .cts': [{ module: 'esnext', ...bundler }, 'cts', 'module', true],
  'preserve .ts': [{ module: 'preserve', ...bundler }, 'ts', 'module', false],
  'preserve .cts': [{ module: 'preserve', ...bundler }, 'cts', 'module', true],
  'preserve .mts': [{ module: 'preserve', ...bundler }, 'mts', 'commonjs', false],
  'nodenext .ts of a module': [{ module: 'nodenext', ...node }, 'ts', 'module', false],
  'nodenext .ts of CommonJS': [{ module: 'nodenext', ...node }, 'ts', 'commonjs', true],
  'nodenext .mts': [{ module: 'nodenext', ...node }, 'mts', 'commonjs', false],
  'nodenext .cts': [{ module: 'nodenext', ...node }, 'cts', 'module', true],
  'node20 .cts': [{ module: 'node20', ...node }, 'cts', 'module', true],
  'commonjs .ts': [{ module: 'commonjs', ...bundler }, 'ts', 'commonjs', true],
  'commonjs .cts': [{ module: 'commonjs', ...bundler }, 'cts', 'module', true],
} as const satisfies Record<string, readonly [options: object, extension: string, type: string, isCommonJs: boolean]>

const flags = ['verbatimModuleSyntax', 'erasableSyntaxOnly', 'isolatedModules'] as const
type Flag = (typeof flags)[number]
const sets = [0, 1, 2, 3, 4, 5, 6, 7].map(bits => flags.filter((_, at) => bits & (1 << at)))

/** What TypeScript lets the user write. */
function wayOf(isCommonJs: boolean, module: string, set: readonly Flag[]): Way {
  if (!isCommonJs || !(set.includes('verbatimModuleSyntax') || module === 'preserve')) return 'import'
  return set.includes('erasableSyntaxOnly') || module === 'esnext' ? 'require' : 'equals'
}

const folderOf = (kind: string, set: readonly Flag[]) => `${kind.replaceAll(/\W+/g, '-')}/${set.join('-') || 'none'}`
const rows = Object.entries(kinds).flatMap(([kind, [options, extension, type, isCommonJs]]) =>
  sets.map(set => ({
    kind,
    set,
    options,
    extension,
    type,
    way: wayOf(isCommonJs, options.module, set),
    folder: folderOf(kind, set),
  })),
)
const project = new Project(
  Object.fromEntries(
    rows.flatMap(({ folder, extension, type, way }) => [
      [`${folder}/package.json`, JSON.stringify({ type })],
      [`${folder}/src/main.${extension}`, `/// <reference path="../../../global.d.ts" />\n${ways[way]}`],
    ]),
  ),
)
project.write({
  'global.d.ts':
    'declare var console: { log(...values: unknown[]): void }\ndeclare var require: (name: string) => any\n',
})

/** Parsed once for all: the library and the package. */
const parsed = new Map<string, ts.SourceFile | undefined>()
function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  return {
    ...host,
    getSourceFile(name, language, ...rest) {
      if (name.startsWith(project.root)) return host.getSourceFile(name, language, ...rest)
      const key = `${name} ${typeof language === 'object' && language.impliedNodeFormat}`
      if (!parsed.has(key)) parsed.set(key, host.getSourceFile(name, language, ...rest))
      return parsed.get(key)
    },
  }
}

/** Compiles a row, and gives its errors. */
function compiled({ folder, extension, set, options: own }: (typeof rows)[number]): readonly string[] {
  const root = join(project.root, folder)
  const json = {
    ...{ target: 'es2023', lib: ['es2023'], strict: true, types: [], rootDir: 'src', outDir: 'out' },
    ...{ skipLibCheck: true, ...own, ...Object.fromEntries(set.map(flag => [flag, true])) },
  }
  const { options, errors } = ts.convertCompilerOptionsFromJson(json, root)
  const host = hostOf(options)
  const program = ts.createProgram([join(root, `src/main.${extension}`)], options, host)
  const lowered = transform(ts, program, host)
  const found = [...errors, ...ts.getPreEmitDiagnostics(lowered), ...lowered.emit().diagnostics]
  return found.map(each => `TS${each.code} ${ts.flattenDiagnosticMessageText(each.messageText, ' ')}`)
}

test.each(rows)('$kind compiles with $set', row => {
  expect(compiled(row)).toEqual([])
})

test('each of them runs', async () => {
  const outputs = rows.map(({ folder, extension }) => `./${folder}/out/main.${extension.replace('t', 'j')}`)
  project.write({ 'all.mjs': outputs.map(name => `await import('${name}')`).join('\n') })
  expect(await project.node('all.mjs')).toEqual({ status: 0, output: '7 7 5\n'.repeat(rows.length) })
})

test('where `require` is not declared, TypeScript says what to install', () => {
  const row = rows.find(({ way }) => way === 'require')!
  const text = `import type { Numeric } from 'tsgrad'\nexport type F = (x: Numeric) => Numeric\nconst line = (x: Numeric) => x * 2 + 1\n`
  project.write({ [`${row.folder}/src/main.${row.extension}`]: text })
  expect(compiled(row)).toEqual([
    expect.stringMatching(/TS\d+ Cannot find name 'require'. Do you need to install type definitions for node/),
  ])
})
