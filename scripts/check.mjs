// What must hold before each commit: format, lint and types beside the quick tests, whose last file leaves a processor idle. What the first
// print is shown when they are done. Fails when one of them does.

import { spawn } from 'node:child_process'
import { once } from 'node:events'

const npm = process.env.npm_execpath
if (npm === undefined) throw new Error('run it by `npm run check`')

/** Runs a script of package.json; gives whether it is green. */
async function isGreen(name, stdio) {
  const child = spawn(process.execPath, [npm, 'run', '--silent', name], { stdio: ['ignore', stdio, stdio] })
  const printed = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => printed.push(chunk))
  const [status] = await once(child, 'close')
  process.stdout.write(Buffer.concat(printed))
  return status === 0
}

const results = await Promise.all([
  isGreen('test:quick', 'inherit'),
  isGreen('lint', 'pipe').then(async isRight => (await isGreen('types', 'pipe')) && isRight),
])
process.exitCode = results.every(Boolean) ? 0 : 1
