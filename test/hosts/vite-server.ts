/** Vite's dev server of a project, as a user starts it. It must not know what is tried with it. */
import type { ChildProcess } from 'node:child_process'
import type { Project } from './project.ts'

/** A server on a port of its own choice, by the command that a user gives. */
export class Server {
  readonly #process: ChildProcess
  readonly url: Promise<string>
  output = ''

  constructor(project: Project) {
    const args = ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', '0']
    this.#process = project.start(...args)
    this.url = new Promise((resolve, reject) => {
      const take = (chunk: Buffer) => {
        this.output += chunk
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(this.output)
        if (url) resolve(url[0])
      }
      this.#process.stdout!.on('data', take)
      this.#process.stderr!.on('data', take)
      this.#process.on('close', code => reject(new Error(`vite ended with ${code}: ${this.output}`)))
    })
  }

  async stop(): Promise<void> {
    this.url.catch(() => {})
    const ended = new Promise(resolve => this.#process.on('close', resolve))
    this.#process.kill()
    await ended
  }
}
