/** A real tsserver behind its protocol, as editors talk to it: JSON over standard input and output. It must not know what is tested. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type ts from 'typescript'
import { compilers } from '../../scripts/tables/compilers.ts'
import { requireBuilt } from '../built.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** The folders in node_modules of the compilers that the editor is tried with. */
export const COMPILERS: Readonly<Record<string, string>> = Object.fromEntries(
  compilers.filter(({ isNative }) => !isNative).map(({ version, folder }) => [`TypeScript ${version}`, folder]),
)

interface Message {
  readonly type: 'response' | 'event'
  readonly command?: string
  readonly request_seq?: number
  readonly success?: boolean
  readonly message?: string
  readonly event?: string
  readonly body?: unknown
}

type DiagnosticEvent = 'syntaxDiag' | 'semanticDiag' | 'suggestionDiag'
export type Diagnostic = ts.server.protocol.Diagnostic

export interface ServerOptions {
  /** The folder of the compiler in node_modules. */
  readonly compiler?: string
  /** Where plugins are looked up, beside the compiler's own folder. */
  readonly probe?: string
  /** The plugins that the editor brings for all projects. */
  readonly plugins?: readonly string[]
  /** Options of Node, before the server's file. */
  readonly node?: readonly string[]
  /** The node_modules folder that the compiler is in, if not the repository's. */
  readonly modules?: string
  readonly log?: string
}

export class Server {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #listeners = new Set<(message: Message) => void>()
  #seq = 0
  #buffer = Buffer.alloc(0)
  #errors = ''
  #ended: Error | undefined

  constructor({
    compiler = 'typescript',
    probe,
    plugins: globals = [],
    node = [],
    modules = join(repository, 'node_modules'),
    log,
  }: ServerOptions = {}) {
    const server = join(modules, compiler, 'lib/tsserver.js')
    const plugins = [
      ...(globals.length > 0 ? ['--globalPlugins', globals.join(',')] : []),
      ...(probe === undefined ? [] : ['--pluginProbeLocations', probe]),
    ]
    const logging = log === undefined ? [] : ['--logVerbosity', 'verbose', '--logFile', log]
    const args = [...node, server, '--disableAutomaticTypingAcquisition']
    requireBuilt()
    this.#child = spawn(process.execPath, [...args, ...plugins, ...logging], { stdio: 'pipe' })
    this.#child.stdout!.on('data', chunk => this.#read(chunk))
    this.#child.stderr!.on('data', chunk => (this.#errors += chunk))
    this.#child.on('close', status => {
      this.#ended = new Error(`tsserver ended with ${status}: ${this.#errors}`)
      for (const answer of this.#waiting.values()) answer({ type: 'response', success: false, message: this.#errors })
    })
  }

  /** The process, to ask for its memory. */
  get pid(): number {
    return this.#child.pid!
  }

  /** The answer to a request. @throws what the server says when it fails. */
  async ask<T>(command: string, args: object): Promise<T> {
    const { success, message, body } = await this.#send(command, args)
    if (!success && message !== 'No content available.') throw new Error(`${command}: ${message}`)
    return body as T
  }

  /** Sends a command that has no answer. */
  tell(command: string, args: object): void {
    this.#write(command, args)
  }

  open(file: string, fileContent?: string): void {
    this.tell('open', { file, ...(fileContent !== undefined && { fileContent }) })
  }

  /** All diagnostics of files, as `geterr` gives them; several for the same file in the order syntax, semantic, suggestion. */
  async errors(...files: readonly string[]): Promise<Record<DiagnosticEvent, Diagnostic[]>> {
    const found: Record<DiagnosticEvent, Diagnostic[]> = { syntaxDiag: [], semanticDiag: [], suggestionDiag: [] }
    await new Promise<void>(resolve => {
      const listener = ({ event, body }: Message) => {
        const { diagnostics, request_seq } = (body ?? {}) as { diagnostics?: Diagnostic[]; request_seq?: number }
        if (event && event in found) found[event as DiagnosticEvent].push(...(diagnostics ?? []))
        if (event !== 'requestCompleted' || request_seq !== seq) return
        this.#listeners.delete(listener)
        resolve()
      }
      this.#listeners.add(listener)
      const seq = this.#write('geterr', { files, delay: 0 })
    })
    return found
  }

  close(): void {
    this.#child.removeAllListeners('close')
    this.#child.kill()
  }

  #send(command: string, args: object): Promise<Message> {
    return new Promise(resolve => {
      const seq = this.#write(command, args)
      this.#waiting.set(seq, resolve)
    })
  }

  #write(command: string, args: object): number {
    if (this.#ended) throw this.#ended
    this.#seq++
    this.#child.stdin!.write(`${JSON.stringify({ seq: this.#seq, type: 'request', command, arguments: args })}\n`)
    return this.#seq
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk])
    for (;;) {
      const header = /^(?:.*\r\n)*?Content-Length: (\d+)\r\n\r\n/.exec(this.#buffer.subarray(0, 200).toString('latin1'))
      const length = Number(header?.[1])
      if (!header || this.#buffer.length < header[0].length + length) return
      const end = header[0].length + length
      const message = JSON.parse(this.#buffer.subarray(header[0].length, end).toString('utf8')) as Message
      this.#buffer = this.#buffer.subarray(end)
      if (message.type === 'response') {
        this.#waiting.get(message.request_seq!)?.(message)
        this.#waiting.delete(message.request_seq!)
      }
      for (const listener of this.#listeners) listener(message)
    }
  }
}
