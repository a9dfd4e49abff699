/**
 * What stands in a tsconfig.json itself, without what it inherits: its files and its references.
 * It must not know any compiler.
 */
import { readFileSync } from 'node:fs'

/** Whether a project has files of its own. */
export function hasFiles(config: string): boolean {
  const { files, include } = statedIn(config)
  return !Array.isArray(files) || files.length > 0 || (Array.isArray(include) && include.length > 0)
}

/** The projects that a tsconfig.json refers to, as they stand in it. */
export function referencesIn(config: string): readonly string[] {
  const { references } = statedIn(config)
  return Array.isArray(references) ? references.map(({ path }: { path: string }) => path) : []
}

function statedIn(config: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(config, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/"(?:\\.|[^"\\])*"|\/\/.*|\/\*[\s\S]*?\*\//g, token => (token.startsWith('"') ? token : ''))
    .replace(/,(?=\s*[}\]])/g, '')
  try {
    return JSON.parse(text)
  } catch {
    // the compiler reports what is wrong with the file
    return {}
  }
}
