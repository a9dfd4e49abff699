/** Statements as lines, each with what it does to shadows. It must not know what is kept. */
import { isVariable, type Statement, type Statements, type Unit } from '../../structured.ts'
import { type Formula, infix, localOf, memberFormula, text } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { computed, formulaOf, memberOf, newLocal, templateFormula } from '../writing.ts'
import { assigned, writtenType } from './declarations.ts'
import { ifThere, loadedShadow, shadowFormula, shadowValue, withShadow } from './shadows.ts'
import { ANY, type ForwardWay } from './way.ts'

/** The lines of each kind of statement, but for those that lines around them shape. */
type Written = Exclude<Statement['k'], 'make' | 'loop'>
type Writers = {
  readonly [K in Written]: (way: ForwardWay, each: Statement & { readonly k: K }, all: Statements) => Line[]
}

export const statementLines = (way: ForwardWay, each: Statement & { readonly k: Written }, all: Statements): Line[] =>
  (writers[each.k] as (way: ForwardWay, each: Statement, all: Statements) => Line[])(way, each, all)

const writers: Writers = {
  set(way, each, all) {
    const isNothing = each.from === 'undefined' || each.from === 'null'
    const line = isNothing
      ? assigned(way, each, all, text(each.from as string), ANY)
      : assigned(way, each, all, formulaOf(way.writing, each.from))
    if (each.target.kind !== 'reference') return [line]
    return [line, ...withShadow(way, each, all, () => shadowFormula(way, each.from))]
  },
  operation: (way, each, all) => [assigned(way, each, all, computed(way.writing, each))],
  constant(way, each, all) {
    // the elements of a list that only the text knows might be undefined
    const isList = each.text.some(atom => typeof atom === 'string' && /Array|\[/.test(atom))
    return [assigned(way, each, all, computed(way.writing, each), isList ? ANY : writtenType(way, each.target))]
  },
  load(way, each, all) {
    const line = assigned(way, each, all, computed(way.writing, each))
    if (each.target.kind !== 'reference') return [line]
    return [line, ...withShadow(way, each, all, () => loadedShadow(way, each))]
  },
  throw: ({ writing }, { text }) => [
    { k: 'end', word: 'throw', value: templateFormula(text, atom => formulaOf(writing, atom)) },
  ],
  effect(way, each, all) {
    const value: Formula = { k: 'once', of: templateFormula(each.text, atom => formulaOf(way.writing, atom)) }
    return [each.target ? assigned(way, { ...each, target: each.target }, all, value, ANY) : { k: 'do', value }]
  },
  dense: ({ writing }, { of, key }) => [dense(formulaOf(writing, of), formulaOf(writing, key))],
  call: called,
  store(way, each) {
    const { writing } = way
    const placeIn = (object: Formula) => memberOf(object, each.key, formulaOf(writing, each.key))
    const to = placeIn(formulaOf(writing, each.to))
    const line: Line = { k: 'assign', to, sign: '=', value: formulaOf(writing, each.from) }
    if (!writing.memory.isShadowed(each.to)) return [line]
    const shadow = placeIn(shadowFormula(way, each.to))
    return [line, ifThere(way, each.to, { k: 'assign', to: shadow, sign: '=', value: shadowValue(way, each.from) })]
  },
  push(way, each) {
    const { writing } = way
    const line = pushed(formulaOf(writing, each.to), formulaOf(writing, each.from))
    if (!writing.memory.isShadowed(each.to)) return [line]
    return [line, ifThere(way, each.to, pushed(shadowFormula(way, each.to), shadowValue(way, each.from)))]
  },
  // the array of adjoints keeps its length: what was there has adjoints still
  shrink({ writing }, { of, to }) {
    const length = memberFormula(formulaOf(writing, of), 'length')
    return [{ k: 'assign', to: length, sign: '=', value: formulaOf(writing, to) }]
  },
  if(way, each) {
    const test = formulaOf(way.writing, each.test)
    const [whenTrue, whenFalse] = [way.block(way, each.whenTrue), way.block(way, each.whenFalse)]
    if (whenTrue.length + whenFalse.length === 0) return []
    if (whenTrue.length > 0) return [{ k: 'if', test, whenTrue, whenFalse }]
    return [{ k: 'if', test: { k: 'unary', sign: '!', of: test }, whenTrue: whenFalse, whenFalse: [] }]
  },
}

const pushed = (to: Formula, value: Formula): Line => ({
  k: 'do',
  value: { k: 'call', of: memberFormula(to, 'push'), args: [value] },
})

function dense(object: Formula, at: Formula): Line {
  // most elements are numbers, and the second test is slow
  const test: Formula = {
    k: 'binary',
    sign: '&&',
    left: infix('===', memberFormula(object, at), text('undefined')),
    right: { k: 'unary', sign: '!', of: { k: 'pieces', pieces: ['(', at, ' in ', object, ')'] } },
  }
  return { k: 'if', test, whenTrue: [{ k: 'do', value: { k: 'call', of: text('$.hole'), args: [] } }], whenFalse: [] }
}

/** Each array or record goes with its shadow. */
function called(way: ForwardWay, each: Statement & { readonly k: 'call' }, all: Statements): Line[] {
  const { writing, shadowed } = way
  const unit = writing.f.units[each.unit]!
  const args = unit.parameters.flatMap((parameter, i) => [
    formulaOf(writing, each.operands[i]!),
    ...(shadowed.has(parameter) ? [shadowFormula(way, each.operands[i]!)] : []),
  ])
  const of = localOf(writing.unitLocal(unit, 'forward'))
  const call: Formula = { k: 'once', of: { k: 'call', of, args } }
  const { target } = each
  if (!target) return [{ k: 'do', value: call }]
  const own = { ...each, target }
  if (!isPair(way, unit)) return [assigned(way, own, all, call, ANY)]
  const pair = newLocal('pair')
  const part = (i: number) => memberFormula(localOf(pair), text(`${i}`))
  return [
    { k: 'declare', local: pair, value: call },
    assigned(way, own, all, part(0), ANY),
    ...withShadow(way, own, all, () => part(1)),
  ]
}

/** Whether a unit returns what it returns with its shadow. */
export const isPair = ({ shadowed }: ForwardWay, { result }: Unit): boolean =>
  isVariable(result) && result.kind === 'reference' && shadowed.has(result)
