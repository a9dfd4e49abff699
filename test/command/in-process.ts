/** Runs a command of tsgrad in this process, as if it stood in a folder. It must not know what a command does. */
import { vi } from 'vitest'
import { run } from '../../command/run.ts'

/** What a command prints is kept, and not shown. */
export async function inProcess(folder: string, ...args: string[]) {
  const [output, errors]: [string[], string[]] = [[], []]
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(text => output.push(String(text)) > 0),
    vi.spyOn(console, 'log').mockImplementation(text => void output.push(`${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation(text => void errors.push(`${text}\n`)),
  ]
  const before = process.cwd()
  process.chdir(folder)
  try {
    const status = await run(args)
    return { status, output: output.join(''), errors: errors.join('') }
  } finally {
    process.chdir(before)
    for (const spy of spies) spy.mockRestore()
  }
}
