/**
 * Runs in the worker of the sandbox: executes programs, each as a module of its own, and posts their reports.
 * It must not know the page. Its only input are messages, its only output is `postMessage`.
 */

import * as tsgrad from '../../runtime/index.ts'
import * as inspect from '../../runtime/inspect.ts'
import * as linear from '../../runtime/linear.ts'
import * as optimise from '../../runtime/optimise.ts'
import * as special from '../../runtime/special.ts'
import * as variable from '../../runtime/variable.ts'
import { drawingNothing, type Input, playgroundOn } from './api.ts'
import { bounds, shortened } from './bounds.ts'
import { formatted } from './format.ts'
import { graphOf } from './graph.ts'
import type { OutputLine, Picture, Report, Request, RunRequest, Thrown } from './messages.ts'
import { createOutput, type Output } from './output.ts'
import { rerun, unmeasured } from './rerun.ts'
import { readVariables, results } from './variables.ts'

type Module = Readonly<Record<string, unknown>>
/** Milliseconds of `frame()`, at least. */
const PAUSE = 12
/** Milliseconds of a program that is run once more for the times of its derivatives. */
const LONGEST = 1500
const TOO_LONG = `No times: the program, which would run once more, takes more than ${LONGEST / 1000} s.`

type Getters = Readonly<Record<string, () => unknown>>
/** Captured before a program runs, which may replace it. */
const clock = performance
/** The only global name that programs and this module share. */
const SHARED = '__tsgradPlayground'
interface Shared {
  modules: Record<string, Module>
  watch(getters: Getters): void
}

const address = (code: string) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))

/** The URL of a module that exports the names of `module`. */
function moduleAddress(name: string, module: Module): string {
  const names = Object.keys(module).join(', ')
  return address(`export const { ${names} } = globalThis.${SHARED}.modules['${name}']`)
}

interface Measuring extends Pick<RunRequest, 'run' | 'values'> {
  readonly measuring: NonNullable<RunRequest['program']['measuring']>
  readonly output: Output
  /** Milliseconds of its run, without pauses. */
  readonly spent: number
  /** Of the modules that the program imports. */
  readonly addresses: ReadonlyMap<string, string>
}

function createRunner(post: (report: Report) => void) {
  const entries = { inspect, linear, optimise, special, variable }
  const modules = Object.entries(entries).map(([name, module]) => [`tsgrad/${name}`, module] as const)
  const shared: Shared = { modules: { tsgrad, ...Object.fromEntries(modules) }, watch() {} }
  Object.assign(globalThis, { [SHARED]: shared })
  const addresses = new Map(Object.entries(shared.modules).map(([name, module]) => [name, moduleAddress(name, module)]))
  /** A library is one module, however often it is named. */
  const scripts = new Map<string, string>()
  const adopt = (libraries: RunRequest['libraries']) => {
    for (const [name, script] of Object.entries(libraries)) {
      const known = scripts.get(script) ?? address(script)
      scripts.set(script, known)
      addresses.set(name, known)
    }
  }
  let newest = -1
  let current: { readonly output: Output; readonly prefix: number } | undefined

  /** Runs a program once more, for the times of its derivatives, unless another one waits. */
  const measure = async ({ run, measuring, values, output, addresses, spent }: Measuring) => {
    if (newest !== run) return
    if (spent > LONGEST) return output.send({ kind: 'times', times: unmeasured(measuring.calls, TOO_LONG) })
    await rerun({
      clock,
      calls: measuring.calls,
      run(module, frame) {
        const undrawn = { ...playgroundOn({ values, inputs: new Map(), draw() {}, pause: frame }), ...drawingNothing }
        Object.assign(shared.modules, { noting: module, undrawn })
        const those = new Map(addresses)
          .set('tsgrad', moduleAddress('noting', module))
          .set('playground', moduleAddress('undrawn', undrawn))
        return import(/* @vite-ignore */ address(linked(measuring.code, measuring.specifiers, those)))
      },
      mute: isMuted => redirectConsole(isMuted ? { print() {} } : output),
      isOver: () => newest !== run,
      report: times => output.send({ kind: 'times', times }),
    })
  }

  return {
    async run({ run, program, libraries, values, measures }: RunRequest) {
      newest = run
      let paused = 0
      const inputs = new Map<string, Input>()
      const output = createOutput(report => post({ ...report, run } as Report))
      let getters: Getters = {}
      let began = clock.now()
      shared.watch = given => {
        getters = given
        // its modules are loaded, which takes a busy machine longer than the program
        began = clock.now()
      }
      const pause = () => {
        reportValues(output, inputs, getters)
        output.flush(false)
        paused += PAUSE
        return new Promise<void>(resolve => setTimeout(resolve, PAUSE))
      }
      let isDrawn = false
      const pictures = new Set<string>()
      const draw = (picture: Picture) => {
        isDrawn ||= picture.kind === 'graph'
        pictures.add(`${picture.kind} ${picture.title}`)
        if (pictures.size > bounds.pictures) throw new RangeError(`a run draws at most ${bounds.pictures} pictures`)
        output.draw(picture)
      }
      const api = playgroundOn({ values, inputs, draw, pause })
      shared.modules.playground = { ...api }
      redirectConsole(output)
      const watch = watching(program.variables.map(({ name }) => name))
      current = { output, prefix: watch.length }
      adopt(libraries)
      const all = new Map([...addresses, ['playground', moduleAddress('playground', shared.modules.playground)]])
      const main = address(watch + linked(program.code, program.specifiers, all))
      const start = clock.now()
      try {
        await import(/* @vite-ignore */ main)
      } catch (error) {
        output.send({ kind: 'thrown', thrown: thrownOf(error, watch.length) })
      }
      const milliseconds = clock.now() - start
      try {
        URL.revokeObjectURL(main)
        reportValues(output, inputs, getters)
        if (!isDrawn) drawResults(output, getters)
        output.flush(true)
      } catch (error) {
        output.send({ kind: 'thrown', thrown: thrownOf(error, watch.length) })
      }
      output.send({ kind: 'done', milliseconds })
      const { measuring } = program
      const spent = start + milliseconds - began - paused
      if (measures && measuring) await measure({ run, measuring, values, output, addresses: all, spent })
    },
    thrown(error: unknown) {
      current?.output.send({ kind: 'thrown', thrown: thrownOf(error, current.prefix) })
      current?.output.flush(true)
    },
  }
}

/** Exports the variables of a program: before its first statement, on the same line. */
function watching(names: readonly string[]): string {
  return `globalThis.${SHARED}.watch({${names.map(name => `${name}: () => ${name}`).join(', ')}});`
}

/** The program with URLs in place of module names. */
function linked(code: string, specifiers: RunRequest['program']['specifiers'], addresses: ReadonlyMap<string, string>) {
  return [...specifiers].reverse().reduce((text, { from, to }) => {
    const name = text.slice(from + 1, to - 1)
    return `${text.slice(0, from)}'${addresses.get(name) ?? name}'${text.slice(to)}`
  }, code)
}

function reportValues(output: Output, inputs: ReadonlyMap<string, Input>, getters: Getters): void {
  const sliders = [...inputs].map(([name, { node, ...rest }]) => {
    return { name, num: node.num, grad: node.grad, ...rest }
  })
  const variables = [...readVariables(getters)].slice(0, bounds.variables).map(([{ num, grad, creation_op }, name]) => {
    return { name: shortened(name, bounds.name), num, grad, isLeaf: creation_op === '' }
  })
  output.send({ kind: 'values', sliders, variables })
}

function drawResults(output: Output, getters: Getters): void {
  const names = readVariables(getters)
  for (const result of results(names)) output.draw(graphOf(result, names))
}

function redirectConsole(output: Pick<Output, 'print'>): void {
  const levels: OutputLine['level'][] = ['log', 'info', 'warn', 'error', 'debug']
  for (const level of levels) console[level] = (...values: unknown[]) => output.print(level, values)
  console.table = rows => output.print('log', [rows])
}

/** The place and the text of any thrown value, even if reading the value throws. */
function thrownOf(error: unknown, prefix: number): Thrown {
  const nowhere = { line: undefined, column: undefined }
  try {
    if (!(error instanceof Error))
      return { message: shortened(`thrown: ${formatted([error])}`, bounds.line), ...nowhere }
    // the first frame in the program, not in the library
    const [, line, column] = /blob:[^\s)]*?:(\d+):(\d+)/.exec(String(error.stack ?? '')) ?? []
    const message = shortened(`${error.name}: ${error.message}`, bounds.line)
    if (line === undefined) return { message, ...nowhere }
    return { message, line: Number(line), column: Number(column) - (line === '1' ? prefix : 0) }
  } catch {
    return { message: 'thrown: an error that throws when it is read', ...nowhere }
  }
}

// APIs that would keep running after the program
for (const name of ['Worker', 'SharedWorker']) Reflect.deleteProperty(globalThis, name)
// captured before a program runs, which may replace them
const send = postMessage.bind(globalThis) as (report: Report) => void
const runner = createRunner(send)
addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'run') void runner.run(data)
  else send({ kind: 'pong', run: -1, token: data.token })
})
addEventListener('error', event => {
  event.preventDefault()
  runner.thrown(event.error)
})
addEventListener('unhandledrejection', event => {
  event.preventDefault()
  runner.thrown(event.reason)
})
