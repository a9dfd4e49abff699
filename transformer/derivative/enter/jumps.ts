/**
 * What jumps, sets a flag, and the rest of each block around it runs only where none is set.
 * It must not know TypeScript's trees.
 */
import type { Atom, Variable } from '../structured.ts'
import type { Enter, Escape } from './context.ts'

export const nowhere: Escape = { by: new Set(), always: false }

export const both = (a: Escape, b: Escape): Escape => ({
  by: new Set([...a.by, ...b.by]),
  always: a.always && b.always,
})

export const escapesBut = ({ by }: Escape, ...ended: readonly Variable[]): Escape => {
  const rest = new Set([...by].filter(each => !ended.includes(each)))
  return { by: rest, always: false }
}

/** Whether no flag is set. */
export function isNone(enter: Enter, flags: Iterable<Variable>): Variable {
  return enter.constant(...[...flags].flatMap((flag, i): Atom[] => (i === 0 ? ['!', flag] : [' && !', flag])))
}

/** Emits what `work` does for the case that nothing has jumped before. */
export function guarded(enter: Enter, before: Escape, work: () => Escape): Escape {
  if (before.always) return before
  if (before.by.size === 0) return work()
  const test = isNone(enter, before.by)
  let after = nowhere
  const then = enter.block(() => {
    after = work()
  })
  enter.emit({ k: 'if', test, whenTrue: then, whenFalse: [] })
  return { by: new Set([...before.by, ...after.by]), always: after.always }
}

export function jump(enter: Enter, flag: Variable): Escape {
  enter.set(flag, 'true')
  return { by: new Set([flag]), always: true }
}
