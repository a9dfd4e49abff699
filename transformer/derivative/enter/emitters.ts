/** The statements that are emitted most, each with a variable for its result. It must not know TypeScript's trees. */
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { type Enter, isReference } from './context.ts'

type Emitters = Pick<Enter, 'set' | 'operation' | 'constant' | 'copied' | 'settled' | 'load' | 'isFromOutside'>

export function emittersOf({ emit, fixed, scalar }: Enter): Emitters {
  const copied = (from: Atom) => {
    const target = fixed(isVariable(from) ? from.wanted : 't', isReference(from) ? 'reference' : 'scalar')
    emit({ k: 'set', target, from })
    return target
  }
  const parts = new WeakSet<Variable>()
  const isFromOutside = (variable: Variable) => variable.outer !== undefined || parts.has(variable)
  return {
    isFromOutside,
    set: (target, from) => emit({ k: 'set', target, from }),
    operation(rule, operands, wanted = 't') {
      const target = scalar(wanted)
      emit({ k: 'operation', target, rule, operands })
      return target
    },
    constant(...text) {
      const target = scalar('t')
      emit({ k: 'constant', target, text })
      return target
    },
    copied,
    settled: <A extends Atom>(from: A) => (isVariable(from) && !from.isFixed ? (copied(from) as A) : from),
    load(from, key, wanted, kind) {
      const target = fixed(wanted, kind)
      emit({ k: 'load', target, from, key })
      if (isFromOutside(from)) parts.add(target)
      return target
    },
  }
}
