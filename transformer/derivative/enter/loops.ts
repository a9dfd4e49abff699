/**
 * Loops as one form: what is tested before each turn, and what a turn does.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { Atom, Variable } from '../structured.ts'
import { asReference, type Enter, type Escape, inner, refused } from './context.ts'
import { escapesBut, guarded, isNone, nowhere } from './jumps.ts'

interface Loop {
  readonly test?: (() => Atom) | undefined
  readonly body: () => Escape
  readonly update?: (() => void) | undefined
  readonly isTestedAfter?: boolean
}

export function loopsOf(enter: Enter): Pick<Enter, 'loopStatement' | 'each' | 'times' | 'element' | 'iterated'> {
  const { ts } = enter

  const loop = ({ test, body, update, isTestedAfter }: Loop): Escape => {
    const [stopped, skipped] = [enter.changing('stopped', 'scalar'), enter.changing('skipped', 'scalar')]
    enter.set(stopped, 'false')
    const { loops } = enter.activations.at(-1)!
    loops.push({ stopped, skipped })
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
    loops.pop()
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

  const forLoop = (node: ts.ForStatement): Escape => {
    const { initializer, condition, incrementor } = node
    if (initializer && ts.isVariableDeclarationList(initializer)) enter.declare(initializer)
    else if (initializer) enter.value(initializer)
    return loop({
      test: condition && (() => enter.test(condition)),
      body: () => enter.statement(node.statement),
      update: incrementor && (() => void enter.value(incrementor)),
    })
  }

  const element: Enter['element'] = (array, kind, index) => {
    enter.emit({ k: 'dense', of: array, key: index })
    return enter.load(array, index, 'each', kind)
  }

  const each: Enter['each'] = (array, kind, work) => {
    const index = enter.changing('i', 'scalar')
    enter.set(index, '0')
    return loop({
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
    const isEntries =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'entries'
    const array = isEntries ? ((node as ts.CallExpression).expression as ts.PropertyAccessExpression).expression : node
    const kind = enter.elementKind(array)
    return [enter.settled(asReference(enter.value(array), array)), kind, isEntries]
  }

  const forOf = (node: ts.ForOfStatement): Escape => {
    const { initializer, expression } = node
    if (node.awaitModifier || !ts.isVariableDeclarationList(initializer)) throw refused(node, 'this loop')
    const name = initializer.declarations[0]!.name
    const [array, kind, isEntries] = enter.iterated(expression)
    return each(array, kind, (found, index) => {
      if (isEntries) bindPair(name, index, found)
      else enter.bind(name, found, node)
      return enter.statement(node.statement)
    })
  }
  const bindPair = (name: ts.BindingName, ...values: readonly [index: Variable, found: Variable]) => {
    if (!ts.isArrayBindingPattern(name)) throw refused(name, 'a pair of `entries()` that is not taken apart')
    name.elements.forEach((part, i) => {
      if (ts.isOmittedExpression(part)) return
      if (part.initializer || part.dotDotDotToken || i > 1) throw refused(part, 'this pattern')
      enter.bind(part.name, values[i]!, part)
    })
  }

  const loopStatement = (node: ts.IterationStatement): Escape => {
    if (ts.isForStatement(node)) return forLoop(node)
    if (ts.isForOfStatement(node)) return forOf(node)
    if (!ts.isWhileStatement(node) && !ts.isDoStatement(node))
      throw refused(node, `\`${node.getText().slice(0, 24).split('\n')[0]}\``)
    const test = () => enter.test(node.expression)
    return loop({ test, body: () => enter.statement(node.statement), isTestedAfter: ts.isDoStatement(node) })
  }

  return { loopStatement, each, times, element, iterated }
}
