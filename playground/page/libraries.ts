/**
 * What a program imports from libraries of others, loaded when the first program asks for one.
 * It must not know which libraries there are.
 */
import type { Runnable } from '../worker/messages.ts'

const OPERATORS = 'tsgrad/interop/'

/** Scripts by the names of modules. A library has its operators at once, so the entry that brings them is the same script. */
export async function librariesOf({ code, specifiers }: Runnable): Promise<Readonly<Record<string, string>>> {
  const names = specifiers.map(({ from, to }) => code.slice(from + 1, to - 1)).filter(isForeign)
  if (names.length === 0) return {}
  const { default: scripts } = await import('virtual:libraries')
  const found = names.map(name => [name, scripts[name.replace(OPERATORS, '')]] as const)
  return Object.fromEntries(found.filter((each): each is readonly [string, string] => each[1] !== undefined))
}

const isForeign = (name: string) =>
  name.startsWith(OPERATORS) || !(name === 'playground' || name === 'tsgrad' || name.startsWith('tsgrad/'))
