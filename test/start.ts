/** Runs `npm start` for a folder of examples, and tells what each of them printed. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { command, repository } from './hosts/project.ts'

export interface Started {
  readonly status: number | null
  /** The lines that an example printed, by its name. */
  readonly sections: ReadonlyMap<string, readonly string[]>
}

/** The examples of a folder. */
export function namesIn(folder: string): readonly string[] {
  return readdirSync(join(repository, folder)).filter(name => name.endsWith('.ts'))
}

export async function start(folder: string): Promise<Started> {
  const { status, output } = await command(process.execPath, ['scripts/start.mjs', folder])
  const sections = output
    .split(/^## /m)
    .slice(1)
    .map(section => section.trim().split('\n'))
    .map(([heading, ...lines]) => [heading!.split(':')[0]!, lines] as const)
  return { status, sections: new Map(sections) }
}
