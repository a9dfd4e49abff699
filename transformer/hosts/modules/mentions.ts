/**
 * Whether a project may use tsgrad, by its texts alone: the compiler is loaded only then. Where the texts do not tell, the answer is yes.
 * It must not know syntax or types.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

/** Whether a text may need tsgrad: it names tsgrad, or begins with UTF-16's byte order mark, which decodes to two replacement characters. */
export const textMayUse = (text: string): boolean => text.includes('tsgrad') || text.startsWith('\uFFFD\uFFFD')

/** Options by which a project has files that are not TypeScript in the folder of its tsconfig.json, and characters that may hide such. */
const UNSURE_OPTIONS = /"(?:extends|references|allowJs|checkJs)"|\.\.|\\|"(?:\/|[a-z]:)|node_modules\/[@\w]/i
/** An import of an absolute path, or one with an escape in it. */
const UNSURE_IMPORT = /\b(?:from|import|require|path|types)[\s(=]*['"`](?:\/|file:|[^'"`\n]*\\)/
/** A relative path. Each quote may begin one, so that an apostrophe in a comment hides none. */
const RELATIVE = /['"`](\.\.?(?=[/'"`])[^'"`\n]*)/g

export function projectMayUse(config: string): boolean {
  const folder = resolve(dirname(config))
  try {
    const options = readFileSync(config, 'utf8')
    if (textMayUse(options) || UNSURE_OPTIONS.test(options) || packageSpansMore(folder)) return true
    return filesMayUse(folder, folder) || packagesMayUse(folder, new Set())
  } catch {
    // an unreadable folder, or a broken symlink
    return true
  }
}

/** Whether a source file of a project names tsgrad, or a file outside the project's folder. */
export function fileMayUse(path: string, folder: string): boolean {
  if (!/\.[mc]?tsx?$/.test(path)) return false
  const text = readFileSync(path, 'utf8')
  if (textMayUse(text) || UNSURE_IMPORT.test(text)) return true
  return [...text.matchAll(RELATIVE)].some(([, specifier]) => {
    const target = resolve(dirname(path), specifier!) + sep
    return !target.startsWith(folder + sep) || target.includes(`${sep}node_modules${sep}`, folder.length)
  })
}

function filesMayUse(folder: string, root: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some(entry => {
    const { name } = entry
    if (name === 'node_modules' || name === '.git') return false
    const path = folder + sep + name
    if (entry.isDirectory()) return filesMayUse(path, root)
    // a symlink or its target may be outside the folder; only files are read, not pipes and the like
    if (entry.isSymbolicLink()) return !statSync(path).isFile() || /\.[mc]?tsx?$/.test(name)
    return entry.isFile() && fileMayUse(path, root)
  })
}

/** Whether the project's folder is part of a larger package, whose name or `imports` may mean a file outside the folder. */
function packageSpansMore(folder: string): boolean {
  const manifests = above(folder).map(each => join(each, 'package.json'))
  const own = manifests.find(existsSync)
  return own !== undefined && own !== manifests[0] && /"(?:im|ex)ports"/.test(readFileSync(own, 'utf8'))
}

/** Whether a package that files of a folder can import names tsgrad in its package.json, or one that such a package can import. */
function packagesMayUse(folder: string, seen: Set<string>): boolean {
  if (seen.has(folder)) return false
  seen.add(folder)
  // with Plug'n'Play, packages have no folder
  if (existsSync(join(folder, '.pnp.cjs'))) return true
  const found = packagesIn(join(folder, 'node_modules')).some(path => {
    const real = realpathSync.native(path)
    const manifest = join(real, 'package.json')
    // a workspace package may export its sources
    if (!real.includes(`${sep}node_modules${sep}`)) return true
    return (existsSync(manifest) && textMayUse(readFileSync(manifest, 'utf8'))) || packagesMayUse(real, seen)
  })
  return found || (dirname(folder) !== folder && packagesMayUse(dirname(folder), seen))
}

/** All packages in a `node_modules` but tsgrad itself. */
function packagesIn(folder: string, scope = ''): readonly string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter(name => !name.startsWith('.') && scope + name !== 'tsgrad')
  return names.flatMap(name => (name.startsWith('@') ? packagesIn(join(folder, name), name) : [join(folder, name)]))
}

/** A folder and those around it, from the inside out. */
function above(folder: string): readonly string[] {
  return folder === dirname(folder) ? [folder] : [folder, ...above(dirname(folder))]
}
