/** A language server that wraps tsserver, as Neovim and Zed talk to it: the Language Server Protocol over standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process'
import { requireBuilt } from '../built.ts'

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
}
export interface PublishedDiagnostics {
  readonly uri: string
  readonly diagnostics: readonly {
    readonly code: number
    readonly range: { readonly start: { readonly line: number; readonly character: number } }
  }[]
}

export class LanguageClient {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (result: unknown) => void>()
  readonly #settings: object
  #buffer = Buffer.alloc(0)
  #id = 0
  /** What was published last. */
  published: PublishedDiagnostics | undefined

  /** `settings` is what the editor has for the server to ask for. */
  constructor(folder: string, script: string, settings: object = {}) {
    this.#settings = settings
    requireBuilt()
    this.#child = spawn(process.execPath, [script, '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
    this.#child.stdout!.on('data', chunk => this.#read(chunk))
  }

  async open(folder: string, initializationOptions: object, file: string, text: string): Promise<void> {
    const rootUri = `file://${folder}`
    const capabilities = { textDocument: { publishDiagnostics: {} }, workspace: { configuration: true } }
    await this.ask('initialize', {
      ...{ processId: process.pid, rootUri, capabilities, initializationOptions },
      workspaceFolders: [{ uri: rootUri, name: 'project' }],
    })
    this.#tell('initialized', {})
    this.#tell('workspace/didChangeConfiguration', { settings: this.#settings })
    this.#tell('textDocument/didOpen', {
      textDocument: { uri: `file://${file}`, languageId: 'typescript', version: 1, text },
    })
  }

  ask(method: string, params: object): Promise<unknown> {
    return new Promise(resolve => {
      this.#waiting.set(++this.#id, resolve)
      this.#write({ id: this.#id, method, params })
    })
  }

  close(): void {
    this.#child.kill()
  }

  #tell(method: string, params: object): void {
    this.#write({ method, params })
  }

  #write(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#child.stdin!.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk])
    for (;;) {
      const header = /^(?:.*\r\n)*?Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(
        this.#buffer.subarray(0, 200).toString('latin1'),
      )
      const end = (header?.[0].length ?? 0) + Number(header?.[1])
      if (!header || this.#buffer.length < end) return
      this.#take(JSON.parse(this.#buffer.subarray(header[0].length, end).toString('utf8')) as Message)
      this.#buffer = this.#buffer.subarray(end)
    }
  }

  #take({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') this.published = params as PublishedDiagnostics
    if (id === undefined) return
    if (method === undefined) this.#waiting.get(id)?.(result)
    // the server asks for settings, or for something that an editor need not have
    else this.#write({ id, result: method === 'workspace/configuration' ? this.#asked(params) : null })
  }

  #asked(params: unknown): readonly unknown[] {
    const { items } = params as { items: readonly { section?: string }[] }
    return items.map(({ section = '' }) => at(this.#settings, section.split('.').filter(Boolean)) ?? null)
  }
}

function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? value : at((value as Record<string, unknown> | undefined)?.[key], rest)
}
