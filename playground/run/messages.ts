/**
 * What the page and the running program say to each other. The program is a stranger's: `receive.ts` looks at each message before use.
 * Types only; it must not know how anything is drawn.
 */
import type { Runnable } from '../worker/messages.ts'

/** The value of a slider that was moved. It holds while the program begins with the same one. */
export interface Moved {
  readonly initial: number
  readonly num: number
}

/** Asks for a run, with the values of sliders that were moved. */
export interface RunRequest {
  readonly kind: 'run'
  readonly run: number
  readonly program: Runnable
  readonly values: Readonly<Record<string, Moved>>
}

/** What the page sends: a run, or whether the program still answers. */
export type Request = RunRequest | { readonly kind: 'ping'; readonly token: number }

export interface OutputLine {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug'
  readonly text: string
}

/** An exception. Its place is one in the JavaScript that was run. */
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
  /** Whether no operation gave it. */
  readonly isLeaf: boolean
}

export interface Slider extends Value {
  /** What the program gives it. */
  readonly initial: number
  readonly min: number
  readonly max: number
  readonly step: number
}

/** A number of a computation: a leaf, or what an operation gave. */
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
  /** What is seen of the values, where that was asked for. */
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

/** More of the path over contours. */
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

/** What the program sends, each with the run that it belongs to. */
export type Report = { readonly run: number } & (
  | { readonly kind: 'output'; readonly lines: readonly OutputLine[]; readonly dropped: number }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'values'; readonly sliders: readonly Slider[]; readonly variables: readonly VariableValue[] }
  | { readonly kind: 'thrown'; readonly thrown: Thrown }
  | { readonly kind: 'done'; readonly milliseconds: number }
  | { readonly kind: 'pong'; readonly token: number }
)
