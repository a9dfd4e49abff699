/**
 * The messages between the page and the running program. The program is not trusted: `receive.ts` validates each message.
 * Types only; it must not know how anything is drawn.
 */
import type { Runnable } from '../worker/messages.ts'

/** The value of a moved slider. It is used while the program gives the same initial value. */
export interface Moved {
  readonly initial: number
  readonly num: number
}

/** Starts a run, with the values of moved sliders. */
export interface RunRequest {
  readonly kind: 'run'
  readonly run: number
  readonly program: Runnable
  /** Scripts of the modules that it imports from libraries, by their names. */
  readonly libraries: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, Moved>>
  /** Whether both engines are measured on its derivatives, when it has ended. */
  readonly measures: boolean
}

/** A message of the page: a run, or a question whether the program still answers. */
export type Request = RunRequest | { readonly kind: 'ping'; readonly token: number }

export interface OutputLine {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug'
  readonly text: string
}

/** An exception. Its place is in the executed JavaScript. */
export interface Thrown {
  readonly message: string
  readonly line: number | undefined
  readonly column: number | undefined
}

export interface Value {
  readonly name: string
  readonly num: number
  readonly grad: number | null
}

export interface VariableValue extends Value {
  /** Whether it is a leaf, which no operation computed. */
  readonly isLeaf: boolean
}

export interface Slider extends Value {
  /** The value that the program gives it. */
  readonly initial: number
  readonly min: number
  readonly max: number
  readonly step: number
}

/** A number of a computation: a leaf, or the result of an operation. */
export interface GraphNode {
  readonly name: string
  /** `mul`; empty on a leaf. */
  readonly operation: string
  readonly num: number
  readonly grad: number | null
  /** The places of its operands in the list of nodes; plain numbers stand for themselves. */
  readonly operands: readonly ({ readonly node: number } | { readonly constant: number })[]
}

export interface Graph {
  readonly kind: 'graph'
  readonly title: string
  /** In the order of evaluation. Empty when there are too many. */
  readonly nodes: readonly GraphNode[]
  readonly operations: number
  readonly depth: number
}

export interface DrawnPoint {
  readonly x: number
  readonly y: number
  readonly label: number
}

export interface Plot {
  readonly kind: 'plot'
  readonly title: string
  readonly x: readonly number[]
  readonly curves: readonly { readonly label: string; readonly isDerivative: boolean; readonly y: readonly number[] }[]
  /** The shown range of values, if the program gave one. */
  readonly range: readonly [number, number] | undefined
  readonly marks: readonly { readonly x: number; readonly y: number; readonly slope: number }[]
  readonly points: readonly DrawnPoint[]
}

/** Values of a function of two numbers on a grid, row by row from the bottom. */
export interface Field {
  readonly kind: 'contours' | 'boundary'
  readonly title: string
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly columns: number
  readonly values: Float32Array
  readonly points: readonly DrawnPoint[]
}

/** More points of the path over contours. */
export interface Visited {
  readonly kind: 'visited'
  readonly title: string
  readonly path: readonly (readonly [number, number])[]
}

export interface Series {
  readonly kind: 'series'
  readonly title: string
  readonly values: readonly number[]
}

export type Picture = Graph | Plot | Field | Visited | Series

/** Milliseconds of one call, over batches of calls. */
export interface EngineTime {
  readonly median: number
  readonly least: number
  readonly most: number
  readonly batches: number
  /** Calls in each batch. */
  readonly calls: number
}

/** Both engines' times of a derivative. */
export interface EngineTimes {
  /** The place of its call among those of the program. */
  readonly call: number
  readonly compiled: EngineTime | undefined
  readonly taped: EngineTime | undefined
  /** Why a time is missing; empty when none is. */
  readonly note: string
}

/** A message of the program, with the number of its run. */
export type Report = { readonly run: number } & (
  | { readonly kind: 'output'; readonly lines: readonly OutputLine[]; readonly dropped: number }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'values'; readonly sliders: readonly Slider[]; readonly variables: readonly VariableValue[] }
  | { readonly kind: 'thrown'; readonly thrown: Thrown }
  | { readonly kind: 'times'; readonly times: readonly EngineTimes[] }
  | { readonly kind: 'done'; readonly milliseconds: number }
  | { readonly kind: 'pong'; readonly token: number }
)
