/**
 * From arguments to an exit code: which command is meant, what it takes, and the help that teaches it.
 * It must not know what the commands do.
 */
import { parseArgs } from 'node:util'
import { adoptCommand } from './adopt.ts'
import type { Command, Values } from './command.ts'
import { ejectCommand } from './eject.ts'
import { explainCommand } from './explain.ts'
import { CommandError } from './failure.ts'

const commands: Readonly<Record<string, Command>> = {
  adopt: adoptCommand,
  eject: ejectCommand,
  explain: explainCommand,
}

/** Exit codes are those of tsc: 0 is success, 1 an error, 2 an error although something was written. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    console.error(error.message)
    return 1
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(overview())
    return name === undefined ? 1 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name]! : undefined
  if (!command) throw new CommandError(`tsgrad has no command '${name}'.\n\n${overview()}`)
  const { values, operands } = parsed(name, command, args)
  if (values.help) {
    console.log(help(command))
    return 0
  }
  return command.run(operands, values)
}

function parsed(name: string, { options, usage }: Command, args: readonly string[]) {
  try {
    const types = Object.entries(options).map(([option, { type }]) => [option, { type }] as const)
    const help = { type: 'boolean', short: 'h' } as const
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(types), help },
      allowPositionals: true,
    })
    return { values: values as Values, operands: positionals }
  } catch (error) {
    const [fault] = (error as Error).message.split(/\. (?=To |Did )/)
    const advice = `See \`tsgrad ${name} --help\` for all options.`
    throw new CommandError(`${fault!.replace(/\.$/, '')}.\nusage: ${usage}\n${advice}`)
  }
}

function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  return `usage: tsgrad <command> [arguments]

${rows.join('\n')}

\`tsgrad <command> --help\` says more of each. Projects are compiled by \`tspc\`, not by this command:
see https://www.npmjs.com/package/tsgrad`
}

function help({ usage, about, options }: Command): string {
  const all: Command['options'] = { ...options, help: { type: 'boolean', about: 'print this' } }
  const shown = Object.entries(all).map(([name, { type, about }]) => [
    `--${name}${type === 'string' ? ' <folder>' : ''}`,
    about,
  ])
  const width = Math.max(...shown.map(([option]) => option!.length))
  return `usage: ${usage}\n\n${about}\n\n${shown.map(([option, about]) => `  ${option!.padEnd(width)}  ${about}`).join('\n')}`
}
