/** A project that is open in a real tsserver, whose places are named by the text around them. It must not know what is tested. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type ts from 'typescript'
import { type Files, installed, type Packages, Project, type Run, repository, tsconfig } from '../hosts/project.ts'
import { type Diagnostic, Server, type ServerOptions } from './server.ts'

export type Span = ts.server.protocol.TextSpan
export type FileSpan = ts.server.protocol.FileSpan

export interface EditorOptions extends Omit<ServerOptions, 'modules'> {
  /** Compilers that stand in the project itself, by their names there; the server is one of them. */
  readonly compilers?: Readonly<Record<string, string>>
  /** Whether the project names the plugin. */
  readonly plugin?: boolean
  readonly options?: object
  /** Folders that are linked into node_modules, by the names of their packages. */
  readonly packages?: Packages
}

/** Sources by their names in src/. */
export class Editor {
  readonly server: Server
  readonly #project: Project
  readonly #texts: Map<string, string>

  constructor(files: Files, { plugin = true, options = {}, compilers, packages, ...rest }: EditorOptions = {}) {
    const plugins = plugin ? [{ name: 'tsgrad/tsserver' }] : []
    const sources = Object.entries(files).map(([name, text]) => [`src/${name}`, text])
    this.#project = new Project(
      { 'tsconfig.json': tsconfig({ plugins, ...options }), ...Object.fromEntries(sources) },
      { tsgrad: installed.tsgrad, ...packages },
    )
    this.#texts = new Map(Object.entries(files))
    // copied, since a server looks for plugins around the place that a link leads to
    for (const [name, from] of Object.entries(compilers ?? {}))
      cpSync(join(repository, 'node_modules', from), this.modules(name), { recursive: true })
    const lookup = compilers ? { modules: this.modules() } : { probe: this.#project.root }
    const probe = [rest.probe, lookup.probe].filter(each => each !== undefined).join(',')
    this.server = new Server({ ...rest, ...lookup, ...(probe !== '' && { probe }) })
    for (const [name, text] of this.#texts) this.server.open(this.path(name), text)
  }

  /** A package in the project's node_modules, or that folder. */
  modules(name = ''): string {
    return join(this.#project.root, 'node_modules', name)
  }

  /** What a program prints that is run in the project. */
  run(...args: string[]): Promise<Run> {
    return this.#project.node(...args)
  }

  path(name: string): string {
    return join(this.#project.root, 'src', name)
  }

  text(name: string): string {
    return this.#texts.get(name)!
  }

  /** The place that `‸` marks in a piece of the text, which stands there once. */
  place(name: string, marked: string): { line: number; offset: number } {
    const [before, after] = marked.split('‸')
    const text = this.text(name)
    const at = text.indexOf(`${before}${after}`)
    if (after === undefined || at < 0) throw new Error(`${JSON.stringify(marked)} is not in ${name}`)
    if (text.includes(`${before}${after}`, at + 1)) throw new Error(`${JSON.stringify(marked)} is in ${name} twice`)
    return positionOf(text, at + before!.length)
  }

  /** The answer to a request about a place. */
  ask<T>(command: string, name: string, marked: string, more: object = {}): Promise<T> {
    return this.server.ask<T>(command, { file: this.path(name), ...this.place(name, marked), ...more })
  }

  /** What stands at a span, in one line: `main.ts:7 "*"`. */
  shown({ file, start, end }: FileSpan): string {
    const name = file.slice(file.lastIndexOf('/') + 1)
    const text = this.#texts.get(name)
    return `${name}:${start.line}${text === undefined ? '' : ` ${JSON.stringify(pieceOf(text, { start, end }))}`}`
  }

  /** All errors of a file, a line each: `7 "a * 'x'" TS2345 Argument of …`. */
  async errors(name: string): Promise<string[]> {
    const { syntaxDiag, semanticDiag } = await this.server.errors(this.path(name))
    return [...syntaxDiag, ...semanticDiag].map(each => this.#error(name, each))
  }

  async suggestions(name: string): Promise<string[]> {
    const { suggestionDiag } = await this.server.errors(this.path(name))
    return suggestionDiag.map(each => this.#error(name, each))
  }

  /** Changes a piece of a text, which stands there once, as one types it. */
  change(name: string, old: string, inserted: string): void {
    const start = this.place(name, `‸${old}`)
    const end = this.place(name, `${old}‸`)
    this.server.tell('change', {
      file: this.path(name),
      ...start,
      endLine: end.line,
      endOffset: end.offset,
      insertString: inserted,
    })
    this.#texts.set(
      name,
      this.text(name).replace(old, () => inserted),
    )
  }

  /** Types at the end of a text. */
  type(name: string, inserted: string): void {
    const end = positionOf(this.text(name), this.text(name).length)
    const [file, endLine, endOffset] = [this.path(name), end.line, end.offset]
    this.server.tell('change', { file, ...end, endLine, endOffset, insertString: inserted })
    this.#texts.set(name, this.text(name) + inserted)
  }

  /** Puts another text in the place of a whole file. */
  replace(name: string, text: string): void {
    const end = positionOf(this.text(name), this.text(name).length)
    const [file, endLine, endOffset] = [this.path(name), end.line, end.offset]
    this.server.tell('change', { file, line: 1, offset: 1, endLine, endOffset, insertString: text })
    this.#texts.set(name, text)
  }

  close(): void {
    this.server.close()
  }

  #error(name: string, { start, end, code, text, relatedInformation = [] }: Diagnostic): string {
    const related = relatedInformation.map(({ span, message }) => ` (${span ? this.shown(span) : ''}: ${message})`)
    return `${start.line} ${JSON.stringify(pieceOf(this.text(name), { start, end }))} TS${code} ${text}${related.join('')}`
  }
}

/** The text of a span. */
export function pieceOf(text: string, { start, end }: Span): string {
  return text.slice(offsetOf(text, start), offsetOf(text, end))
}

/** A text after edits, whose spans all speak of the text before. */
export function edited(text: string, edits: readonly (Span & { readonly newText: string })[]): string {
  const inOrder = [...edits].sort((u, v) => offsetOf(text, v.start) - offsetOf(text, u.start))
  return inOrder.reduce(
    (now, { start, end, newText }) => now.slice(0, offsetOf(text, start)) + newText + now.slice(offsetOf(text, end)),
    text,
  )
}

function positionOf(text: string, at: number): { line: number; offset: number } {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, offset: lines.at(-1)!.length + 1 }
}

function offsetOf(text: string, { line, offset }: { line: number; offset: number }): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, each) => sum + each.length + 1, 0) + offset - 1
}
