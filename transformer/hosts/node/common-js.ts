/**
 * CommonJS that a remover of types compiles by itself, such as tsx and ts-node, from the text that it reads from the disk: Node's hooks are
 * not asked for that. It must not know these tools.
 */
import { readFileSync } from 'node:fs'
import nodeModule from 'node:module'
import { fileNameOf } from '../../program/file-names.ts'
import type { OnDemand } from '../on-demand.ts'
import { lateSources } from './modules.ts'

type Compile = (this: unknown, content: string, path: string, ...rest: unknown[]) => unknown

/** The last step of all of them: what they pass to it is replaced where it is not made of lowered text. */
export function lowerCommonJs(files: OnDemand): void {
  const { prototype } = nodeModule as unknown as { prototype: { _compile: Compile } }
  const compile = prototype._compile
  prototype._compile = function (content, path, ...rest) {
    const [name = path] = path.split('?')
    return compile.call(this, /\.[mc]?tsx?$/.test(name) ? loweredContent(files, content, name) : content, path, ...rest)
  }
}

function loweredContent(files: OnDemand, content: string, path: string): string {
  const fileName = fileNameOf(path, process.cwd())
  const text = readFileSync(fileName, 'utf8')
  if (!files.lower(fileName, text)) return content
  const { isMadeByHooks, plainSource } = lateSources()
  return isMadeByHooks(content, fileName) ? content : (plainSource(files, fileName, text, true) ?? content)
}
