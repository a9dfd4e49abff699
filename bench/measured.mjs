// Times of commands, in pairs: what one takes beside the other. It must not know what they do.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const median = times => times.toSorted((a, b) => a - b)[times.length >> 1]

/** Seconds by the clock, and of processors (those of native threads and children too). */
export function measured(name, command, folder, env = {}) {
  const quoted = command.map(part => `'${part}'`).join(' ')
  const script = `TIMEFORMAT='%R %U %S'; time ${quoted} > output.txt 2> errors.txt`
  const { status, stderr } = spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  const said = file => readFileSync(join(folder, file), 'utf8').slice(-2000)
  if (status !== 0) throw new Error(`${name}: ${said('errors.txt')}${said('output.txt')}`)
  const [real, user, system] = stderr.trim().split(' ').map(Number)
  return { clock: real, processor: user + system }
}

/** Runs both in turns and prints a line: medians of seconds, and of the ratios of pairs. */
export function printRatios(name, runs, both) {
  const pairs = Array.from({ length: runs }, (_, run) => {
    // whoever comes first may find a colder machine
    if (run % 2 === 0) return both.map(measure => measure())
    const second = both[1]()
    return [both[0](), second]
  })
  const ratio = kind => median(pairs.map(([a, b]) => b[kind] / a[kind])).toFixed(3)
  const seconds = index => `${median(pairs.map(pair => pair[index].processor)).toFixed(2)} s`
  console.log(
    `${name.padEnd(28)} ${seconds(0).padStart(8)} ${seconds(1).padStart(7)}   x${ratio('clock').padEnd(15)} x${ratio('processor')}`,
  )
}
