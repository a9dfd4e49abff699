/**
 * Loops as one form: what is tested before each turn, and what a turn does.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { walk } from '../../syntax/walk.ts'
import type { Atom, Variable } from '../structured.ts'
import { asReference, type Enter, type Escape, inner, refused } from './context.ts'
import { listedElements, requireUnchanged } from './iterables.ts'
import { escapesBut, guarded, isNone, nowhere } from './jumps.ts'
import { isArrayType } from './types.ts'

interface Loop {
  readonly labels?: readonly string[]
  readonly test?: (() => Atom) | undefined
  readonly body: () => Escape
  readonly update?: (() => void) | undefined
  readonly isTestedAfter?: boolean
}

export function loopsOf(
  enter: Enter,
): Pick<Enter, 'loopStatement' | 'each' | 'times' | 'element' | 'iterated' | 'visited'> {
  const { ts, checker } = enter

  const loop = ({ labels = [], test, body, update, isTestedAfter }: Loop): Escape => {
    const [stopped, skipped] = [enter.changing('stopped', 'scalar'), enter.changing('skipped', 'scalar')]
    enter.set(stopped, 'false')
    const { targets } = enter.activations.at(-1)!
    targets.push({ labels, stopped, skipped })
    let so = nowhere
    const inside = enter.block(() => {
      enter.set(skipped, 'false')
      so = escapesBut(body(), skipped)
      const after = () => {
        update?.()
        if (isTestedAfter) endUnless(test!(), stopped)
        return nowhere
      }
      if (update || isTestedAfter) guarded(enter, { ...so, always: false }, after)
    })
    targets.pop()
    const flags = new Set([...so.by, ...(isTestedAfter ? [stopped] : [])])
    let decision: Atom = 'true'
    const before = enter.block(() => {
      decision = tested(flags, isTestedAfter ? undefined : test)
    })
    enter.emit({ k: 'loop', before, test: decision, body: inside })
    return { ...escapesBut(so, stopped), always: false }
  }
  /** Whether a turn follows, unless a flag is set. */
  const tested = (flags: ReadonlySet<Variable>, test: (() => Atom) | undefined): Atom => {
    if (flags.size === 0) return test ? test() : 'true'
    if (!test) return isNone(enter, flags)
    const goesOn = enter.changing('goesOn', 'scalar')
    enter.set(goesOn, 'false')
    const asked = enter.block(() => enter.set(goesOn, test()))
    enter.emit({ k: 'if', test: isNone(enter, flags), whenTrue: asked, whenFalse: [] })
    return goesOn
  }
  const endUnless = (test: Atom, stopped: Variable) => {
    const otherwise = enter.block(() => enter.set(stopped, 'true'))
    enter.emit({ k: 'if', test, whenTrue: [], whenFalse: otherwise })
  }

  const forLoop = (node: ts.ForStatement, labels: readonly string[]): Escape => {
    const { initializer, condition, incrementor } = node
    if (initializer && ts.isVariableDeclarationList(initializer)) {
      requireNoneMade(initializer)
      enter.declare(initializer)
    } else if (initializer) enter.value(initializer)
    return loop({
      labels,
      test: condition && (() => enter.test(condition)),
      body: () => enter.statement(node.statement),
      update: incrementor && (() => void enter.value(incrementor)),
    })
  }

  /** A function that is made in the head of a loop keeps the counter of the start: each turn has another one. */
  const requireNoneMade = (list: ts.VariableDeclarationList) => {
    const isStepped = list.declarations.some(({ name }) => {
      const symbol = checker.getSymbolAtLocation(name)
      return !symbol || enter.isAssigned(symbol)
    })
    walk(ts, list, each => {
      if (isStepped && ts.isFunctionLike(each) && !ts.isTypeNode(each))
        throw refused(each, 'a function that is made in the head of a loop')
      return undefined
    })
  }

  const element: Enter['element'] = (array, kind, index) => {
    enter.emit({ k: 'dense', of: array, key: index })
    return enter.load(array, index, 'each', kind)
  }

  const each: Enter['each'] = (array, kind, work, labels = []) => {
    const index = enter.changing('i', 'scalar')
    enter.set(index, '0')
    return loop({
      labels,
      test: () => enter.constant(index, ' < ', array, '.length'),
      body: () => {
        const place = enter.copied(index)
        return work(enter.load(array, place, `${array.wanted}At`, kind), place) ?? nowhere
      },
      update: () => enter.set(index, enter.operation('add', [index, '1'], 'next')),
    })
  }

  const times: Enter['times'] = (length, work, from = '0') => {
    const counter = enter.changing('i', 'scalar')
    enter.set(counter, from)
    let test: Atom
    const before = enter.block(() => {
      test = enter.constant(counter, ' < ', length)
    })
    const body = enter.block(() => {
      const index = enter.copied(counter)
      work(index)
      enter.set(counter, enter.operation('add', [index, '1'], 'next'))
    })
    enter.emit({ k: 'loop', before, test: test!, body })
  }

  const iterated: Enter['iterated'] = written => {
    const node = inner(ts, written) as ts.Expression
    const called = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node : undefined
    const object = called && (called.expression as ts.PropertyAccessExpression).expression
    const name = called && (called.expression as ts.PropertyAccessExpression).name.text
    const isIterator =
      /^(entries|keys|values)$/.test(name ?? '') &&
      isArrayType(checker, checker.getNonNullableType(checker.getTypeAtLocation(object!)))
    const array = isIterator ? object! : node
    const listed = listedElements(enter, isIterator ? (inner(ts, array) as ts.Expression) : node)
    if (listed) return { ...listed, of: isIterator ? (name as 'entries' | 'keys' | 'values') : 'values' }
    const kind = enter.elementKind(array)
    const of = isIterator ? (name as 'entries' | 'keys' | 'values') : 'values'
    return { array: enter.settled(asReference(enter.value(array), array)), kind, of }
  }
  const visited: Enter['visited'] = ({ of }, found, index) => {
    if (of !== 'entries') return of === 'keys' ? index : found
    const pair = enter.reference('pair')
    enter.emit({ k: 'make', target: pair, of: 'array' })
    for (const from of [index, found]) enter.emit({ k: 'push', to: pair, from })
    return pair
  }

  const forOf = (node: ts.ForOfStatement, labels: readonly string[]): Escape => {
    const { initializer, expression } = node
    if (node.awaitModifier) throw refused(node, 'this loop')
    requireUnchanged(enter, node)
    const iterated = enter.iterated(expression)
    const work = (found: Variable, index: Variable) => {
      if (!ts.isVariableDeclarationList(initializer)) enter.assignParts(initializer, visited(iterated, found, index))
      else {
        const { name } = initializer.declarations[0]!
        const isPair = iterated.of === 'entries' && ts.isArrayBindingPattern(name)
        if (isPair) bindPair(name, index, found)
        else enter.bind(name, visited(iterated, found, index), node)
      }
      return enter.statement(node.statement)
    }
    return each(iterated.array, iterated.kind, work, labels)
  }
  /** A pair that is taken apart at once need not be made. */
  const bindPair = (name: ts.ArrayBindingPattern, ...values: readonly [index: Variable, found: Variable]) => {
    name.elements.forEach((part, i) => {
      if (ts.isOmittedExpression(part)) return
      if (part.initializer || part.dotDotDotToken || i > 1) throw refused(part, 'this pattern')
      enter.bind(part.name, values[i]!, part)
    })
  }

  const loopStatement: Enter['loopStatement'] = (node, labels) => {
    if (ts.isForStatement(node)) return forLoop(node, labels)
    if (ts.isForOfStatement(node)) return forOf(node, labels)
    if (!ts.isWhileStatement(node) && !ts.isDoStatement(node))
      throw refused(node, `\`${node.getText().slice(0, 24).split('\n')[0]}\``)
    const test = () => enter.test(node.expression)
    return loop({ labels, test, body: () => enter.statement(node.statement), isTestedAfter: ts.isDoStatement(node) })
  }

  return { loopStatement, each, times, element, iterated, visited }
}
