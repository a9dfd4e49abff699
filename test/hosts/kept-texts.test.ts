/** Texts that are read for two are the file's at the time of the second as well. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createKeptTexts } from '../../transformer/hosts/modules/kept-texts.ts'
import { Project } from './project.ts'

test('a text is handed on once, if the file was not written since, or shortly before', async () => {
  const { root } = new Project({ 'old.ts': 'old', 'edited.ts': 'first' }, {})
  const at = (name: string) => join(root, name)
  await setTimeout(2100)
  writeFileSync(at('new.ts'), 'new')
  const texts = createKeptTexts()
  expect(['old.ts', 'edited.ts', 'new.ts', 'none.ts'].map(name => texts.read(at(name)))).toEqual([
    'old',
    'first',
    'new',
    undefined,
  ])
  writeFileSync(at('edited.ts'), 'other')
  expect(['old.ts', 'edited.ts', 'new.ts', 'none.ts', 'old.ts'].map(name => texts.take(at(name)))).toEqual([
    'old',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('what nobody asks for is not kept longer than a program takes to load', async () => {
  const { root } = new Project({ 'old.ts': 'old' }, {})
  await setTimeout(2100)
  const texts = createKeptTexts()
  texts.read(join(root, 'old.ts'))
  await setTimeout(1)
  expect(texts.take(join(root, 'old.ts'))).toBeUndefined()
})
