/** A library written in natural math on somebody else's class: used by a project that knows no transformer and checks declarations. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { installed, Project, repository, tsconfig } from './project.ts'

const linked = { ...installed, 'decimal.js': join(repository, 'node_modules/decimal.js') }
const options = { skipLibCheck: false, rootDir: undefined, declaration: true }

// the entry is imported in one file of the two: it names the operators for the whole program
const project = new Project(
  {
    'library/tsconfig.json': tsconfig(options, { include: ['*.ts'] }),
    'library/interest.ts': `import type { Decimal } from 'decimal.js'
export const grown = (money: Decimal, rate: Decimal, years: number) => money * (1 + rate) ** years
export const isMore = (money: Decimal, than: number) => money > than
`,
    'library/index.ts': `import { Decimal } from 'decimal.js'
import 'tsgrad/interop/decimal.js'
import { grown, isMore } from './interest.js'
export { isMore }
export const example = grown(new Decimal(100), new Decimal('0.03'), 2)
export class Account {
  balance = example * 2
  label = this.balance + ' EUR'
}
`,
    'consumer/tsconfig.json': tsconfig(
      { ...options, module: 'esnext', moduleResolution: 'bundler', plugins: undefined, outDir: '../used' },
      { include: ['*.ts'] },
    ),
    'consumer/use.ts': `import { Account, example, isMore } from '../library/out/index.js'
declare const console: { log(...values: unknown[]): void }
const { balance, label } = new Account()
console.log(example.toFixed(2), balance.minus(1).toString(), label.length, isMore(balance, 200))
export const wrong: number = balance
`,
  },
  linked,
)

test('natural math needs the transformer where it is written only', async () => {
  expect(await project.tspc('-p', 'library')).toEqual({ status: 0, output: '' })
  expect(project.read('library/out/interest.js')).toContain('money.times((rate.added(1)).pow(years))')
  expect(project.read('library/out/interest.d.ts')).toContain('years: number) => Decimal;')
  expect(project.read('library/out/index.d.ts')).toContain("import 'tsgrad/interop/decimal.js';")

  const { output } = await project.tsc('-p', 'consumer')
  expect(output).toBe("consumer/use.ts(5,14): error TS2322: Type 'Decimal' is not assignable to type 'number'.\n")
  expect(await project.node('used/use.js')).toEqual({ status: 0, output: '106.09 211.18 10 true\n' })
})
