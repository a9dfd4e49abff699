/** The editor lowers a file to what a build lowers it to, and reports the same, also after questions that were interrupted. */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import init from '../../transformer/hosts/tsserver/index.ts'
import { createEditorProject } from '../../transformer/hosts/tsserver/project.ts'
import { compile, hostOf, programOf, shown } from '../compile.ts'
import { otherParts, parts, sized } from '../edited-texts.ts'
import { countOr, seed } from '../random.ts'

type Files = Readonly<Record<string, string>>

const isFull = countOr(1) > 1
const registry = ts.createDocumentRegistry()

/**
 * The language service of a project in memory, whose texts may change; `isInterrupted` answers when the compiler asks whether it
 * should stop.
 */
function serviceOver(files: Files, isInterrupted = () => false) {
  const { program } = programOf(files)
  const options = program.getCompilerOptions()
  let base = hostOf(files, options)
  let version = 1
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...program.getRootFileNames()],
    getScriptVersion: () => `${version}`,
    getScriptSnapshot(name) {
      const text = base.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => base.getCurrentDirectory(),
    getDefaultLibFileName: () => base.getDefaultLibFileName(options),
    fileExists: name => base.fileExists(name),
    readFile: name => base.readFile(name),
    directoryExists: base.directoryExists!,
    getCancellationToken: () => ({ isCancellationRequested: isInterrupted }),
  }
  const service = ts.createLanguageService(host, registry)
  const pathOf = (name: string) => program.getRootFileNames().find(path => path.endsWith(`/${name}`))!
  const edit = (edited: Files) => {
    base = hostOf(edited, options)
    version++
  }
  return { host, service, pathOf, edit }
}

describe('of the files in test/diagnostics', () => {
  const folder = new URL('../diagnostics/', import.meta.url)
  const files = Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(new URL(name, folder), 'utf8')]))
  const built = compile(files)
  const { host, service, pathOf } = serviceOver(files)
  const plugin = init({ typescript: ts }).create({
    languageService: service,
    languageServiceHost: host,
  } as ts.server.PluginCreateInfo)

  test.each(Object.keys(files))('%s has the errors of a build', name => {
    const expected = built.diagnostics.filter(({ file }) => file?.fileName === pathOf(name)).map(shown)
    expect(expected.length).toBeGreaterThan(1)
    expect(plugin.getSemanticDiagnostics(pathOf(name)).map(shown).sort()).toEqual(expected.sort())
  })
})

test('a question that is interrupted, wherever that is, does not leave a file with what was not verified', () => {
  // a guess takes the declared type of `m`, which the control flow narrows; the operators of `unsure` are probed
  const wrongGuess = (name: string) => `import { NumberWithGrad, type Numeric } from 'tsgrad'
export function ${name}(x: NumberWithGrad) {
  let m: Numeric = 1
  m += x
  m *= 2
  return m
}
`
  const files = {
    'below.ts': wrongGuess('below'),
    'unsure.ts':
      "import type { NumberWithGrad } from 'tsgrad'\nexport const unsure = (o: { w: NumberWithGrad }[]) => o.map(({ w }) => w * 2)\n",
    'main.ts': `import { below } from './below.ts'\nimport { unsure } from './unsure.ts'\n${wrongGuess('above')}export const both = (x: NumberWithGrad) => below(x) + above(x) * unsure([])[0]!\n`,
  }
  const built = compile(files)
  expect(built.lowered('below.ts')).toContain('m = m.mul(2)')
  const names = Object.keys(files)
  const lowered = names.map(built.lowered)
  /** Asks for `main.ts`, interrupted when the compiler asks for the `at`-th time whether it should stop; says how often it asked. */
  const ask = (at?: number): number => {
    let asked = 0
    const { host, service, pathOf } = serviceOver(files, () => asked++ === at)
    const project = createEditorProject(ts, host, () => service.getProgram()!)
    const question = () => project.lowered(pathOf('main.ts'))
    if (at === undefined) question()
    else expect(question).toThrow(ts.OperationCanceledException)
    const total = asked
    asked = Number.NEGATIVE_INFINITY
    expect([at, ...names.map(name => project.lowered(pathOf(name))!.mapped.text)]).toEqual([at, ...lowered])
    return total
  }
  const total = ask()
  expect(total).toBeGreaterThan(10)
  // each of these moments costs a start of the service
  const every = isFull ? 1 : 4
  for (let at = seed % every; at < total; at += every) ask(at)
})

test('after an edit of another part of a namespace the names of a file are what a build says', () => {
  const filesOf = (other: string) => ({ 'sized.ts': sized, 'parts.ts': parts('./sized.ts'), 'other.ts': other })
  const { host, service, pathOf, edit } = serviceOver(filesOf(otherParts[0]!))
  const project = createEditorProject(ts, host, () => service.getProgram()!)
  const seen = new Set<string>()
  for (const other of [...otherParts, ...otherParts.toReversed()]) {
    const files = filesOf(other)
    edit(files)
    const built = compile(files).lowered('parts.ts')
    expect(project.lowered(pathOf('parts.ts'))!.mapped.text).toBe(built)
    seen.add(built)
  }
  expect(seen.size).toBe(3)
})
