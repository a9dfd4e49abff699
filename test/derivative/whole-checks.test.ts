/** How often a build checks all files before the program that reports: a project with gradients pays for one check, not for two. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { lowerProgram } from '../../transformer/transform.ts'
import { programOf } from '../compile.ts'

const plain = 'export const words = (text: string) => text.split(" ").map(word => word.length * 2)\n'
const operator =
  "import { NumberWithGrad } from 'tsgrad'\nexport const twice = (a: NumberWithGrad) => a * 2\nexport const a = new NumberWithGrad(1)\n"
const gradient = "import { grad } from 'tsgrad'\nexport const slope = grad((x: number) => x ** 2)\n"
const own = "import { minimum } from './own'\nexport const least = minimum((x: number) => x ** 2)\n" as const
const taking =
  "import { grad, type Differentiable } from 'tsgrad'\nexport const minimum = (f: Differentiable<(x: number) => number>) => grad(f)(1)\n"

const rows = [
  ['no tsgrad', [plain], 0],
  ['operators', [operator, plain], 1],
  ['a gradient', [gradient, plain], 0],
  ['a gradient beside operators', [gradient, operator, plain], 0],
  ['the verb of another file', [own, taking], 0],
  // nothing is derived, so the lowered program is made once more
  [
    'a verb without a gradient to compile',
    [`${operator}import { grad } from 'tsgrad'\nexport const slope = grad(twice)\n`],
    0,
  ],
] as const

test.each(rows)('%s', (_, texts, expected) => {
  let checks = 0
  const createProgram = (...args: [ts.CreateProgramOptions]) => {
    const program = ts.createProgram(...args)
    const { getSemanticDiagnostics } = program
    program.getSemanticDiagnostics = (...asked) => {
      checks++
      return getSemanticDiagnostics(...asked)
    }
    return program
  }
  const names = ['main.ts', 'own.ts', 'third.ts']
  const { program, host } = programOf(Object.fromEntries(texts.map((text, i) => [names[i]!, text])))
  const counted = { ...ts, createProgram: createProgram as typeof ts.createProgram }
  const lowered = lowerProgram(counted, program, host)
  expect(checks).toBe(expected)
  const found = lowered.program
    .getSemanticDiagnostics()
    .map(each => ts.flattenDiagnosticMessageText(each.messageText, ' '))
  expect(found).toEqual([])
})
