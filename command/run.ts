/**
 * Finds the command that the arguments name, parses its options, prints help, and returns an exit code.
 * It must not know what the commands do.
 */
import { parseArgs } from 'node:util'
import { VERSION } from '../transformer/build/version.ts'
import type { Command, Values } from './commands/command.ts'
import { buildCommand, checkCommand } from './commands/compile.ts'
import { isSystemError, reasonOf } from './disk/fault.ts'
import { CommandError } from './report/command-error.ts'

type Load = () => Promise<Command>
/** Commands that use the transformer are loaded on demand: loading it takes longer than checking a small project. */
const groups: readonly (readonly [heading: string, commands: Readonly<Record<string, Load>>])[] = [
  ['Begin', { init: async () => (await import('./commands/init.ts')).initCommand }],
  [
    'Compile a project',
    {
      check: async () => checkCommand,
      build: async () => buildCommand,
    },
  ],
  [
    'Convert code to operators, and back',
    {
      adopt: async () => (await import('./commands/adopt.ts')).adoptCommand,
      eject: async () => (await import('./commands/eject.ts')).ejectCommand,
    },
  ],
  ['Inspect code', { explain: async () => (await import('./commands/explain.ts')).explainCommand }],
  ['Report a bug', { info: async () => (await import('./commands/info.ts')).infoCommand }],
]
const commands = Object.fromEntries(groups.flatMap(([, group]) => Object.entries(group)))

/** Exit codes are those of tsc: 0 is success, 1 an error, 2 an error although something was written. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (error) {
    if (isSystemError(error)) console.error(`tsgrad ${args[0]}: ${error.path ?? error.message}: ${reasonOf(error)}`)
    else if (error instanceof CommandError) console.error(error.message)
    else throw error
    return 1
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(await overview())
    return name === undefined ? 1 : 0
  }
  if (name === '--version' || name === '-v') {
    console.log(VERSION)
    return 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name]! : undefined
  if (!load) throw new CommandError(`tsgrad has no command '${name}'.\n\n${await overview()}`)
  const command = await load()
  if (!command.options && !asksForHelp(args)) return command.run(args, {})
  const { values, operands } = command.options ? parsed(name, command, args) : { values: { help: true }, operands: [] }
  if (values.help) {
    console.log(help(command))
    return 0
  }
  return command.run(operands, values)
}

/** Whether arguments that tsc parses ask for help, which this command answers itself. */
const asksForHelp = (args: readonly string[]) => args.some(arg => /^(-h|-\?|--?help)$/i.test(arg))

function parsed(name: string, { options = {}, usage }: Command, args: readonly string[]) {
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

async function overview(): Promise<string> {
  const width = Math.max(...Object.keys(commands).map(name => name.length))
  const shown = await Promise.all(
    groups.map(async ([heading, group]) => {
      const all = Object.entries(group).map(async ([name, load]) => [name, await load()] as const)
      const rows = (await Promise.all(all)).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
      return `${heading}:\n${rows.join('\n')}`
    }),
  )
  return `usage: tsgrad <command> [arguments]

${shown.join('\n\n')}

Run \`tsgrad <command> --help\` for details and examples. See also https://www.npmjs.com/package/tsgrad`
}

function help({ usage, about, options, mostUsed = [], examples }: Command): string {
  const all: Command['options'] = options && { ...options, help: { type: 'boolean', about: 'print this help' } }
  const rows = Object.entries(all ?? {}).map(
    ([name, { type, about }]) => [`--${name}${type === 'string' ? ' <folder>' : ''}`, about] as const,
  )
  const parts = [`usage: ${usage}`, about, aligned([...mostUsed, ...rows]), `Examples:\n\n${aligned(examples)}`]
  return parts.filter(part => part !== '').join('\n\n')
}

function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join('\n')
}
