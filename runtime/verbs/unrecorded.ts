/**
 * Finds functions on plain numbers that no transformer saw: called with tracked numbers they compute nothing, and return a constant.
 * It must not know any verb.
 */
import { LEAF } from '../engine/node.ts'
import { tape } from '../engine/tape.ts'
import { NumberWithGrad } from '../number/number-with-grad.ts'
import { numbersOf, reshape } from './shapes.ts'

/**
 * Whether a call shows no operation at all: it recorded nothing since the tape ended at `top`, and gave a plain number, or an argument as
 * it came.
 */
export function isUnrecorded(result: unknown, top: number): boolean {
  if (tape.top !== top) return false
  return typeof result === 'number' || (result instanceof NumberWithGrad && result._opcode === LEAF)
}

/**
 * Throws where `f` gives another number on plain arguments than `result`, which shows no operation. A function on tracked numbers
 * throws on plain ones, or gives the same; JavaScript's operators throw on tracked ones. So a function that tests its argument and
 * computes nothing is all that is left: `x => Number.isFinite(x) ? x : 0`. Its effects happen once more.
 */
export function requireCompiled(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  result: unknown,
  where: string,
): void {
  const value = result instanceof NumberWithGrad ? result._num : result
  const plain = onPlain(f, args)
  // 0 may be the constant 0, or the argument 0: then another argument tells
  const isSame = (found: unknown, expected: unknown) => typeof found !== 'number' || Object.is(found, expected)
  if (isSame(plain, value) && (typeof result !== 'number' || !args.includes(value) || isConstant(f, args, plain)))
    return
  throw new TypeError(
    `${where}: this function computes with plain numbers, and tsgrad did not compile it, so its derivative is not known. ` +
      'Compile the file with tsgrad, or let the function take NumberWithGrad.',
  )
}

function onPlain(f: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  try {
    const copy = reshape(args, numbersOf(args, '')) // f may change what it gets
    return f(...(copy as never[]))
  } catch {
    // it takes tracked numbers
    return undefined
  }
}

/** Whether a function gives the same for other numbers in the place of those that it may have returned. */
function isConstant(f: (...args: never[]) => unknown, args: readonly unknown[], plain: unknown): boolean {
  if (typeof plain !== 'number') return true
  const others = args.map(each => (each === plain ? plain + 1 : each))
  const found = onPlain(f, others)
  return typeof found !== 'number' || !others.includes(found) || found === plain
}
