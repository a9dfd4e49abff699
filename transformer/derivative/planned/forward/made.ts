/** Arrays and records that a function makes, as literals where the statements right behind fill them. It must not know adjoints. */
import { type Atom, isVariable, type Statement, type Statements } from '../../structured.ts'
import { type Formula, memberFormula, text } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { formulaOf, isReadByName } from '../writing.ts'
import { assigned } from './declarations.ts'
import { shadowValue, withShadow } from './shadows.ts'
import { ANY, type ForwardWay } from './way.ts'

type Make = Statement & { readonly k: 'make' }

/** The lines of a statement; those that it contains are added to `skipped`. */
export function madeLines(way: ForwardWay, each: Make, all: Statements, skipped: Set<Statement | undefined>): Line[] {
  if (each.of === 'typed') return typedArray(way, each, all)
  const { writing } = way
  const parts = partsFrom(way, each, all)
  for (const part of parts) skipped.add(part)
  const values = parts.map(part => formulaOf(writing, part.from))
  const shadows = () => parts.map(part => shadowValue(way, part.from))
  const keys = parts.map(part => (part.k === 'store' ? (part.key as string).slice(1, -1) : ''))
  const literal = (elements: readonly Formula[]): Formula =>
    each.of === 'array'
      ? { k: 'list', elements }
      : { k: 'record', properties: elements.map((value, i) => [keys[i]!, value] as const) }
  return [
    assigned(way, each, all, literal(values), each.of === 'array' ? 'any[]' : ANY),
    ...withShadow(way, each, all, () => literal(shadows())),
  ]
}

function typedArray(way: ForwardWay, each: Make, all: Statements): Line[] {
  const { zero } = way.writing
  const count = each.length === undefined ? text('0') : formulaOf(way.writing, each.length)
  const zeros = (name: string): Formula => ({ k: 'call', of: text(`new ${name}`), args: [count] })
  const filled = (by: string): Formula => ({
    k: 'call',
    of: memberFormula(zeros('Float64Array'), 'fill'),
    args: [text(by)],
  })
  const array = each.fill === undefined ? zeros(each.name ?? 'Float64Array') : filled(each.fill)
  const shadow = zero === '0' ? zeros('Float64Array') : filled(zero)
  return [assigned(way, each, all, array), ...withShadow(way, each, all, () => shadow)]
}

/** The statements right behind one that makes an array or a record, which fill it. */
function partsFrom({ writing }: ForwardWay, each: Make, all: Statements) {
  const found: (Statement & { k: 'store' | 'push' })[] = []
  const keys = new Set<Atom>()
  for (const next of all.slice(all.indexOf(each) + 1)) {
    if ('target' in next && next.target && writing.inlined.has(next.target) && !isReadByName(writing, next)) continue
    const isPart =
      each.of === 'array' ? next.k === 'push' : next.k === 'store' && !isVariable(next.key) && !keys.has(next.key)
    if (!isPart || (next as Statement & { k: 'push' }).to !== each.target) break
    const part = next as Statement & { k: 'store' | 'push' }
    if (part.from === each.target) break
    if (part.k === 'store') keys.add(part.key)
    found.push(part)
  }
  return found
}
