/**
 * As much of Vitest as the runtime's tests use, for a page. It must not know any test.
 */
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'
import { NeedsCompiler } from './compile.ts'

type Body = (...args: unknown[]) => unknown

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
export const { expect } = chai

/** A type that holds at compile time has nothing to do here. */
export const expectTypeOf = (): unknown => new Proxy(() => expectTypeOf(), { get: () => expectTypeOf() })

const declared: { name: string; body: Body; args: readonly unknown[] }[] = []
const inArray = (row: unknown): readonly unknown[] => (Array.isArray(row) ? row : [row])

export function test(name: string, body: Body, ...args: unknown[]): void {
  declared.push({ name, body, args })
}
test.each = (rows: readonly unknown[]) => (name: string, body: Body) => {
  for (const row of rows) test(name, body, ...inArray(row))
}

export function describe(_name: string, body: Body): void {
  body()
}
describe.each = (rows: readonly unknown[]) => (_name: string, body: Body) => {
  for (const row of rows) body(...inArray(row))
}

/** Runs all tests that were declared. */
export function outcome(): { passed: number; skipped: number; failures: string[] } {
  const found = { passed: 0, skipped: 0, failures: [] as string[] }
  for (const { name, body, args } of declared) {
    try {
      if (body(...args) instanceof Promise) throw new Error('a test of the page must be done when it returns')
      found.passed++
    } catch (error) {
      if (error instanceof NeedsCompiler) found.skipped++
      else found.failures.push(`${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return found
}
