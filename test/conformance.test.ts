/** Programs in which every operator is made a call compute what they compute as they stand: the hand-written part of `npm run conformance`. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command, repository } from './hosts/project.ts'

test('cases with every operator made a call pass as they do natively', async () => {
  const folder = join(repository, 'test/conformance')
  const flags = ['--experimental-vm-modules', '--no-warnings']
  const cases = ['--corpus', join(folder, 'cases'), '--list', 'native', '--list', 'unparsed', '--list', 'failed', '.']
  const { output, status } = await command(process.execPath, [...flags, join(folder, 'run.mjs'), ...cases])
  expect(output).toContain('10 files, 264 operators, 628 calls of helpers at run time')
  expect(output).toContain('32 lowered texts were compared with the tree that was meant')
  expect(output).toContain('17 passed, 15 of them in both forms; 0 failed')
  expect(output).not.toMatch(/^(native|unparsed|failed) \S+\.js/m)
  expect(status).toBe(0)
})
