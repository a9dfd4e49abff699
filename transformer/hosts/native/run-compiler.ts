/**
 * Runs the compiler's command, which a signal ends.
 * It must not know what is compiled.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { HeldSignal } from '../disk/signals.ts'
import type { NativePackage } from './package.ts'

export interface CompilerRun {
  readonly output: string
  readonly hasFailed: boolean
}

export async function runCompiler(
  { folder }: NativePackage,
  args: readonly string[],
  cwd: string,
  held: HeldSignal,
): Promise<CompilerRun> {
  const child = spawn(await programIn(folder), args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  held.onReceived(() => void child.kill('SIGKILL'))
  return new Promise(resolve => {
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    child.on('error', error => resolve({ output: `${error}`, hasFailed: true }))
    child.on('close', status => resolve({ output, hasFailed: status !== 0 }))
  })
}

/** Not the script `bin/tsc`, which a signal would end without what it has started. */
async function programIn(folder: string): Promise<string> {
  const { default: getExePath } = (await import(pathToFileURL(join(folder, 'lib/getExePath.js')).href)) as {
    default(): string
  }
  return getExePath()
}
