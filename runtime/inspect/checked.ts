/**
 * What `checkGrad` compares: a function of a list of numbers, its value, and its derivatives by each road that there is, for functions on
 * tracked numbers and for compiled ones. It must not know how they are compared.
 */
import { MANY, type ManyOperands } from '../engine/node.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import { carriedBy } from '../verbs/carried.ts'
import { valueOn } from '../verbs/check.ts'
import { hvp, jvp } from '../verbs/directional.ts'
import type { Derivable } from '../verbs/options.ts'
import { numbersOf, reshape } from '../verbs/shapes.ts'
import { grad } from '../verbs/verbs.ts'
import { evaluationOrder } from './graph.ts'

export type OnNumbers = (numbers: readonly number[]) => number
type Numbers = readonly number[]

/** A function of a list of numbers. */
export interface Checked {
  readonly value: OnNumbers
  readonly gradient: (at: Numbers) => Numbers
  /** The derivative along a direction by forward mode. */
  readonly forward: (at: Numbers, direction: Numbers) => number
  /** The second derivatives times a direction, by each road. */
  readonly products: (at: Numbers, direction: Numbers) => readonly Numbers[]
  /** What these roads are called. */
  readonly roads: readonly string[]
  /** How much any number on the way has to do with the result, at most: its size times its adjoint. What cancels leaves rounding of that. */
  readonly influence: (at: Numbers) => number
  /** Rules on the way without second derivatives, and the size of the largest number. */
  readonly recorded: (at: Numbers) => { readonly incomplete: readonly string[]; readonly size: number }
}

/** A function with its arguments, whose numbers are the list. */
export function checkedOf(f: Derivable, args: readonly unknown[], where: string): Checked {
  return carriedBy(f, where) ? checkedCompiled(f, args, where) : checkedTracked(f, args, where)
}

function checkedTracked(f: Derivable, args: readonly unknown[], where: string): Checked {
  const onList = (xs: readonly NumberWithGrad[]) => f(...(reshape(args, xs) as never[])) as Numeric
  const noted = grad(onList) as unknown as (xs: readonly NumberWithGrad[]) => Numeric[]
  const nodesOf = (y: unknown) => (y instanceof NumberWithGrad ? evaluationOrder(y, where) : [])
  const leaves = (at: Numbers) => at.map(x => new NumberWithGrad(x))
  return {
    value: valueOn(f, args, where),
    gradient: at => grad(onList)(at),
    forward: (at, direction) => jvp(onList)(at, direction)[1],
    products: (at, direction) => [
      hvp(onList)(at, direction),
      jvp((xs: readonly NumberWithGrad[]) => noted(xs))(at, direction)[1] as number[],
    ],
    roads: ['hvp', 'jvp of grad'],
    influence(at) {
      const y = onList(leaves(at))
      if (typeof y === 'number') return 0
      y.backward()
      // an argument is exact
      const sizes = nodesOf(y).map(node => (node.creation_op === '' ? 0 : Math.abs(node.num * (node.grad ?? 0))))
      return sizes.reduce((most, size) => (Number.isFinite(size) ? Math.max(most, size) : most), 0)
    },
    recorded(at) {
      const nodes = nodesOf(onList(leaves(at)))
      const rules = nodes.flatMap(node => (node._opcode === MANY ? (node._a as ManyOperands).rule : []))
      return {
        incomplete: [...new Set(rules.filter(rule => !rule.trackedPartials).map(rule => rule.name))],
        size: nodes.reduce((size, { _num }) => (Number.isFinite(_num) ? Math.max(size, Math.abs(_num)) : size), 0),
      }
    },
  }
}

/** Of the numbers on the way nothing is seen, so the result and the arguments stand for them. */
function checkedCompiled(f: Derivable, args: readonly unknown[], where: string): Checked {
  const shaped = (numbers: Numbers) => reshape(args, numbers) as never[]
  const numbersIn = (value: unknown) => numbersOf(value, where, true) as number[]
  const on = (verb: (f: never) => unknown) => verb(f as never) as (...all: readonly unknown[]) => unknown
  const value: OnNumbers = numbers => f(...shaped(numbers)) as number
  const sizeAt = (at: Numbers) => Math.max(...[value(at), ...at].map(Math.abs))
  return {
    value,
    gradient: at => numbersIn(on(grad)(...shaped(at))),
    forward: (at, direction) => (on(jvp)(...shaped(at), ...shaped(direction)) as [number, number])[1],
    products: (at, direction) => [numbersIn(on(hvp)(...shaped(at), ...shaped(direction)))],
    roads: ['hvp'],
    influence: sizeAt,
    recorded: at => ({ incomplete: [], size: sizeAt(at) }),
  }
}
