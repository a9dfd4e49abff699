/**
 * What a compiler asks of the disk, with the answers, and the same questions asked again: if all answers are those of before, the compiler
 * would find what it found. It must not know what that was.
 */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'

/** Its kind, its argument, and its answer as a short text. */
export type Question = readonly [kind: keyof typeof answers, argument: string, answer: string]
/** The members of a system, and of a host, that ask the disk. */
type Asked = Partial<
  Pick<ts.System, 'fileExists' | 'directoryExists' | 'readFile' | 'getDirectories' | 'realpath' | 'readDirectory'>
>
type Hash = (text: string) => string

/** The answers without a compiler, as its own system gives them. */
const answers = {
  isFile: (path: string, _: Hash) => String(statsOf(path)?.isFile() ?? false),
  isFolder: (path: string, _: Hash) => String(statsOf(path)?.isDirectory() ?? false),
  text(path: string, hash: Hash) {
    const text = textAsCompiled(path)
    return text === undefined ? '' : hash(text)
  },
  folders: (path: string, hash: Hash) => hash(foldersIn(path).join('\n')),
  real: (path: string, _: Hash) => realPathOf(path),
  /** All files with some endings: more than a pattern of a tsconfig.json names, so that no new one is missed. */
  files(argument: string, hash: Hash) {
    const [root, ...endings] = argument.split('\n')
    return hash([...filesIn(root!, endings, new Set())].sort().join('\n'))
  },
}

/** A compiler whose questions to the disk are recorded. */
export function recordingCompiler(compiler: TypeScript, hash: Hash, record: (question: Question) => void): TypeScript {
  const recorded = <S extends Asked>(system: S): S => {
    const known =
      <T>(kind: Question[0], ask: (path: string) => T, shown: (answer: T) => string) =>
      (path: string) => {
        const answer = ask(path)
        record([kind, path, shown(answer)])
        return answer
      }
    const { fileExists, directoryExists, readFile, getDirectories, realpath, readDirectory } = system
    return {
      ...system,
      ...(fileExists && { fileExists: known('isFile', fileExists, String) }),
      ...(directoryExists && { directoryExists: known('isFolder', directoryExists, String) }),
      ...(readFile && { readFile: known('text', readFile, text => (text === undefined ? '' : hash(text))) }),
      ...(getDirectories && {
        getDirectories: known('folders', getDirectories, names => hash([...names].sort().join('\n'))),
      }),
      ...(realpath && { realpath: known('real', realpath, path => path) }),
      ...(readDirectory && {
        readDirectory(path: string, endings?: readonly string[], ...rest: (readonly string[] & number)[]) {
          const argument = [path, ...(endings ?? [])].join('\n')
          // asked before, so that a file that comes in between is missed by this one only
          record(['files', argument, answers.files(argument, hash)])
          return readDirectory(path, endings, ...(rest as []))
        },
      }),
    }
  }
  return {
    ...compiler,
    sys: recorded(compiler.sys),
    createCompilerHost: (...args) => recorded(compiler.createCompilerHost(...args)),
  }
}

/** Whether each question has the answer of before. */
export function hasSameAnswers(questions: Iterable<Question>, hash: Hash): boolean {
  for (const [kind, argument, answer] of questions) if (answers[kind]?.(argument, hash) !== answer) return false
  return true
}

const statsOf = (path: string) => attempted(() => statSync(path, { throwIfNoEntry: false }))
const realPathOf = (path: string) => attempted(() => realpathSync.native(path)) ?? path

/** As the compiler reads it: UTF-8 or UTF-16, without a byte order mark. */
export function textAsCompiled(path: string): string | undefined {
  const data = attempted(() => readFileSync(path))
  if (!data) return undefined
  const [first, second, third] = data
  if (first === 0xfe && second === 0xff)
    return data
      .subarray(0, data.length & ~1)
      .swap16()
      .toString('utf16le', 2)
  if (first === 0xff && second === 0xfe) return data.toString('utf16le', 2)
  return first === 0xef && second === 0xbb && third === 0xbf ? data.toString('utf8', 3) : data.toString('utf8')
}

function foldersIn(path: string): readonly string[] {
  const entries = attempted(() => readdirSync(path, { withFileTypes: true })) ?? []
  const isFolder = (name: string) => statsOf(join(path, name))?.isDirectory() ?? false
  const found = entries.filter(each => each.isDirectory() || (each.isSymbolicLink() && isFolder(each.name)))
  return found.map(({ name }) => name).sort()
}

function* filesIn(folder: string, endings: readonly string[], seen: Set<string>): Generator<string> {
  const real = realPathOf(folder)
  if (seen.has(real)) return
  seen.add(real)
  for (const entry of attempted(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name)
    // patterns never go in there
    if (entry.name === 'node_modules' || entry.name === '.git') continue
    const isFolder = entry.isSymbolicLink() ? (statsOf(path)?.isDirectory() ?? false) : entry.isDirectory()
    if (isFolder) yield* filesIn(path, endings, seen)
    else if (endings.length === 0 || endings.some(each => entry.name.endsWith(each))) yield path
  }
}

function attempted<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
