/** What has no operators of classes is answered as without the plugin; edits of quick fixes and imports fit the original text. */
import type ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Editor, edited, type Span } from './editor.ts'
import * as sources from './fixture.ts'
import { COMPILERS } from './server.ts'

const program = `import { z, type Shape, area } from './shapes.js'
const square: Shape = { kind: 'square', size: 2 }
export const total = area(square) * 2 + z
export function mean(xs: readonly number[], by = 1) {
  let sum = 0
  for (const x of xs) sum += x * by
  return sum / area({ kind: 'square', size: xs.length })
}
mean([1, 2], 3)
const wrong: string = total - 1
`
const shapes = `/** What has an area. */
export interface Shape {
  readonly kind: 'square'
  readonly size: number
}
export const area = ({ size }: Shape) => size ** 2
export const z = 1
`

/** Requests about a place, and those about the whole file. */
const places: readonly [command: string, place: string, more?: object][] = [
  ['quickinfo', '‸total ='],
  ['definition', '= ‸area(square)'],
  ['definitionAndBoundSpan', '= ‸area(square)'],
  ['typeDefinition', 'const ‸square'],
  ['implementation', 'type ‸Shape'],
  ['references', '‸sum +='],
  ['rename', '‸sum +='],
  ['documentHighlights', '‸sum +=', { filesToSearch: [] }],
  ['completionInfo', 'xs.‸length })'],
  ['completionEntryDetails', 'xs.‸length })', { entryNames: ['length'] }],
  ['signatureHelp', 'mean([1, 2], ‸3)'],
  ['prepareCallHierarchy', 'function ‸mean'],
  ['provideCallHierarchyIncomingCalls', 'function ‸mean'],
  ['provideCallHierarchyOutgoingCalls', 'function ‸mean'],
]
const length = program.length
const whole: readonly [command: string, more: object][] = [
  ['navtree', {}],
  ['getOutliningSpans', {}],
  ['provideInlayHints', { start: 0, length }],
  ['encodedSemanticClassifications-full', { start: 0, length, format: '2020' }],
  ['semanticDiagnosticsSync', {}],
  ['suggestionDiagnosticsSync', {}],
  ['getApplicableRefactors', { startLine: 3, startOffset: 22, endLine: 3, endOffset: 34 }],
  ['getCodeFixes', { startLine: 10, startOffset: 7, endLine: 10, endOffset: 12, errorCodes: [6133] }],
]

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  const files = { 'main.ts': program, 'shapes.ts': shapes }
  const natural = { 'vec.ts': sources.vec, 'natural.ts': sources.main }
  const mixed = new Editor({ ...files, ...natural }, { compiler })
  const alone = new Editor(files, { compiler })
  const without = new Editor(files, { compiler, plugin: false })
  const fixes = new Editor(
    {
      'vec.ts': sources.vec,
      'main.ts':
        "import { Vec } from './vec.js'\nimport { NumberWithGrad } from 'tsgrad'\nconst v = new Vec(1, 2)\nexport const w = v * 2\n",
      'missing.ts':
        "import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(1)\nexport const w = new Vec(1, 2) * (a * 2).num\n",
    },
    { compiler },
  )
  const editors = [mixed, alone, without]
  afterAll(() => [...editors, fixes].map(each => each.close()))

  beforeAll(async () => {
    const preferences = { includeInlayParameterNameHints: 'all', includeInlayVariableTypeHints: true }
    for (const each of editors) await each.server.ask('configure', { preferences })
  })

  /** An answer without the names of folders. */
  const answer = async (editor: Editor, command: string, more: object) => {
    const found = await editor.server.ask<unknown>(command, { file: editor.path('main.ts'), ...more })
    return JSON.stringify(found ?? null).replaceAll(editor.path('').replace(/src\/?$/, ''), '')
  }

  test.each(places)('%s at %s answers as without the plugin', async (command, place, more = {}) => {
    const at = without.place('main.ts', place)
    const [one, two, expected] = await Promise.all(
      editors.map(each =>
        answer(each, command, {
          ...at,
          ...more,
          ...('filesToSearch' in more && { filesToSearch: [each.path('main.ts')] }),
        }),
      ),
    )
    expect(expected!.length).toBeGreaterThan(4)
    expect([one, two]).toEqual([expected, expected])
  })

  test.each(whole)('%s of a file answers as without the plugin', async (command, more) => {
    const [one, two, expected] = await Promise.all(editors.map(each => answer(each, command, more)))
    expect(expected!.length).toBeGreaterThan(4)
    expect([one, two]).toEqual([expected, expected])
  })

  type Changes = readonly { readonly textChanges: readonly (Span & { readonly newText: string })[] }[]
  const applied = (name: string, changes: Changes) =>
    changes.reduce((text, { textChanges }) => edited(text, textChanges), fixes.text(name))

  test('imports are put in order, and those that only operators need stay', async () => {
    const scope = { type: 'file', args: { file: fixes.path('main.ts') } }
    const changes = await fixes.server.ask<Changes>('organizeImports', { scope })
    expect(applied('main.ts', changes)).toBe(
      "import { Vec } from './vec.js'\nconst v = new Vec(1, 2)\nexport const w = v * 2\n",
    )
  })

  test('a quick fix imports what is missing under an operator', async () => {
    const [error] = (await fixes.server.errors(fixes.path('missing.ts'))).semanticDiag
    expect(error!.code).toBe(2304)
    const found = await fixes.server.ask<ts.server.protocol.CodeFixAction[]>('getCodeFixes', {
      ...{ file: fixes.path('missing.ts'), errorCodes: [2304] },
      ...{ startLine: error!.start.line, startOffset: error!.start.offset },
      ...{ endLine: error!.end.line, endOffset: error!.end.offset },
    })
    const fix = found.find(each => each.fixName === 'import')!
    expect(applied('missing.ts', fix.changes)).toBe(
      "import { NumberWithGrad } from 'tsgrad'\nimport { Vec } from './vec.js'\nconst a = new NumberWithGrad(1)\nexport const w = new Vec(1, 2) * (a * 2).num\n",
    )
  })
})
