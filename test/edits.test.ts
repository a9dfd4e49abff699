/** After any edits a session gives what a new one gives. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Session } from '../transformer/build/session.ts'
import { shown } from './compile.ts'
import { base, Edited, vec } from './edited.ts'
import { otherParts, parts, sized } from './edited-texts.ts'
import { tsconfig } from './hosts/project.ts'
import { countOr, seed } from './random.ts'

/** Texts that each file can have; every edit puts one of them in place of another. */
const versions: Readonly<Record<string, readonly string[]>> = {
  'src/vec.ts': [
    vec("{ '+': 'add' }"),
    vec("{ '+': 'plus' }"),
    vec("{ '-': 'add' }"),
    vec("{ '+': 'add' }", 'return this.x + other.x'),
    vec("{ '+': 'add' }", 'return other'),
  ],
  'src/make.ts': [
    base['src/make.ts']!,
    "import { Vec } from './vec.js'\nexport const make = (x: number) => x\n",
    "import { Vec } from './vec.js'\nexport const make = (x: number) => new Vec(x) + new Vec(1)\n",
    "import { Vec } from './vec.js'\nexport const make = (x: number): number | Vec => (x > 1 ? x : new Vec(x))\n",
  ],
  'src/uses.ts': [
    base['src/uses.ts']!,
    "import type { Vec } from './vec.js'\nimport { make } from './make.js'\nexport const sum = (v: Vec) => make(1) + make(2)\n",
    "import type { Vec } from './vec.js'\nexport function sum(v: Vec) { let w = v; w += v; return w + v }\n",
    "import type { Vec } from './vec.js'\nexport const sum = (v: unknown) => 1 + 2 (\n",
  ],
  'src/top.ts': [
    base['src/top.ts']!,
    "import { sum } from './uses.js'\nimport { make } from './make.js'\nexport const top = [1, 2].map(i => sum(make(i) as never)).map(v => v + v)\n",
    'export const top = 1 + 2\n',
  ],
  // scripts, whose names other scripts see
  'src/parts.ts': [parts('./sized.js'), `${parts('./sized.js')}namespace Parts {}\n`],
  'src/other-parts.ts': otherParts,
}
const files = {
  ...Object.fromEntries(Object.entries(versions).map(([name, texts]) => [name, texts[0]!])),
  'src/sized.ts': sized,
  'tsconfig.json': tsconfig({ moduleDetection: 'legacy' }),
}

test('after any edits a session gives what a new one gives, texts and errors', () => {
  const names = Object.keys(versions)
  const edit = fc.constantFrom(...names).chain(name => fc.tuple(fc.constant(name), fc.nat(versions[name]!.length - 1)))
  // what is asked between the edits decides what is known at the next one
  const step = fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 2 }), asked: fc.subarray(names) })
  const edited = new Edited(files)
  let compared = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), steps => {
      for (const { edits, asked } of steps) {
        edited.write(Object.fromEntries(edits.map(([name, i]) => [name, versions[name]![i]!])))
        for (const name of asked) edited.lowered(name)
      }
      const fresh = edited.fresh()
      for (const name of names) {
        expect(edited.lowered(name)).toBe(edited.lowered(name, fresh))
        const errors = (session: Session) => session.diagnostics(edited.path(name)).map(shown).sort()
        expect(errors(edited.session)).toEqual(errors(fresh))
        compared++
      }
    }),
    { numRuns: countOr(15), seed },
  )
  expect(compared).toBeGreaterThan(50)
})
