/**
 * Statements: declarations, choices and loops. What jumps, sets a flag, and the rest of each block around it runs only where none is set.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { DerivativeFault, type Enter, type EnteredValue, type Escape, isFunction, isReference } from './context.ts'

const nowhere: Escape = { by: new Set(), always: false }
const both = (a: Escape, b: Escape): Escape => ({ by: new Set([...a.by, ...b.by]), always: a.always && b.always })
const without = ({ by }: Escape, ...ended: readonly Variable[]): Escape => {
  const rest = new Set([...by].filter(each => !ended.includes(each)))
  return { by: rest, always: false }
}

export function statementsOf(enter: Enter): Pick<Enter, 'statements' | 'bind' | 'each'> {
  const { ts, checker } = enter
  const { SyntaxKind: Kind } = ts
  const refused = (node: ts.Node, what: string) => new DerivativeFault(catalogue.notDerived, node, what)

  const set = (target: Variable, from: Atom) => enter.emit({ k: 'set', target, from })
  const isNone = (flags: Iterable<Variable>): Variable => {
    const target = enter.scalar('goesOn')
    const text = [...flags].flatMap((flag, i): Atom[] => (i === 0 ? ['!', flag] : [' && !', flag]))
    enter.emit({ k: 'constant', target, text })
    return target
  }
  /** Emits what `work` does for the case that nothing has jumped before. */
  const guarded = (before: Escape, work: () => Escape): Escape => {
    if (before.always) return before
    if (before.by.size === 0) return work()
    const test = isNone(before.by)
    let after = nowhere
    const then = enter.block(() => {
      after = work()
    })
    enter.emit({ k: 'if', test, whenTrue: then, whenFalse: [] })
    return { by: new Set([...before.by, ...after.by]), always: after.always }
  }

  const statements = (nodes: readonly ts.Statement[]): Escape => {
    let so: Escape = nowhere
    for (const [i, node] of nodes.entries()) {
      const rest = nodes.slice(i + 1)
      if (ts.isIfStatement(node) && rest.length > 0) return choice(node, rest)
      so = statement(node)
      if (so.by.size > 0 || so.always) return guarded(so, () => statements(rest))
    }
    return so
  }

  /** Where the first side always jumps, the rest of the block belongs to the other one. */
  const choice = (node: ts.IfStatement, rest: readonly ts.Statement[]): Escape => {
    const test = enter.atom(node.expression)
    let first = nowhere
    let second = nowhere
    const then = enter.block(() => {
      first = statement(node.thenStatement)
    })
    const isRestInside = first.always
    const otherwise = enter.block(() => {
      second = node.elseStatement ? statement(node.elseStatement) : nowhere
      if (isRestInside) second = guarded(second, () => statements(rest))
    })
    enter.emit({ k: 'if', test, whenTrue: then, whenFalse: otherwise })
    const so = both(first, second)
    return isRestInside ? so : guarded(so, () => statements(rest))
  }

  // ---- loops

  interface Loop {
    readonly test?: (() => Atom) | undefined
    readonly body: () => Escape
    readonly update?: (() => void) | undefined
    readonly isTestedAfter?: boolean
  }
  const loop = ({ test, body, update, isTestedAfter }: Loop): Escape => {
    const [stopped, skipped] = [enter.changing('stopped', 'scalar'), enter.changing('skipped', 'scalar')]
    set(stopped, 'false')
    const { loops } = enter.activations.at(-1)!
    loops.push({ stopped, skipped })
    let so = nowhere
    const inside = enter.block(() => {
      set(skipped, 'false')
      so = without(body(), skipped)
      const after = () => {
        update?.()
        if (isTestedAfter) endUnless(test!(), stopped)
        return nowhere
      }
      if (update || isTestedAfter) guarded({ ...so, always: false }, after)
    })
    loops.pop()
    const flags = new Set([...so.by, ...(isTestedAfter ? [stopped] : [])])
    let decision: Atom = 'true'
    const before = enter.block(() => {
      const tested = !isTestedAfter && test ? test : undefined
      if (flags.size === 0) decision = tested ? tested() : 'true'
      else if (tested) {
        const goesOn = enter.changing('goesOn', 'scalar')
        set(goesOn, 'false')
        const asked = enter.block(() => set(goesOn, tested()))
        enter.emit({ k: 'if', test: isNone(flags), whenTrue: asked, whenFalse: [] })
        decision = goesOn
      } else decision = isNone(flags)
    })
    enter.emit({ k: 'loop', before, test: decision, body: inside })
    return { ...without(so, stopped), always: false }
  }
  const endUnless = (test: Atom, stopped: Variable) => {
    const otherwise = enter.block(() => set(stopped, 'true'))
    enter.emit({ k: 'if', test, whenTrue: [], whenFalse: otherwise })
  }

  const forLoop = (node: ts.ForStatement): Escape => {
    const { initializer, condition, incrementor } = node
    if (initializer && ts.isVariableDeclarationList(initializer)) declare(initializer)
    else if (initializer) enter.value(initializer)
    return loop({
      test: condition && (() => enter.atom(condition)),
      body: () => statement(node.statement),
      update: incrementor && (() => void enter.value(incrementor)),
    })
  }

  const each: Enter['each'] = (array, kind, isDense, work) => {
    const index = enter.changing('i', 'scalar')
    set(index, '0')
    return loop({
      test: () => {
        const target = enter.scalar('isInside')
        enter.emit({ k: 'constant', target, text: [index, ' < ', array, '.length'] })
        return target
      },
      body: () => {
        const place = enter.scalar('i')
        set(place, index)
        if (isDense) enter.emit({ k: 'dense', of: array, key: place })
        const target = kind === 'scalar' ? enter.scalar(`${array.wanted}At`) : enter.reference(`${array.wanted}At`)
        enter.emit({ k: 'load', target, from: array, key: place })
        return work(target, place) ?? nowhere
      },
      update: () => {
        const next = enter.scalar('next')
        enter.emit({ k: 'operation', target: next, rule: 'add', operands: [index, '1'] })
        set(index, next)
      },
    })
  }

  const forOf = (node: ts.ForOfStatement): Escape => {
    const { initializer, expression } = node
    if (node.awaitModifier || !ts.isVariableDeclarationList(initializer)) throw refused(node, 'this loop')
    const name = initializer.declarations[0]!.name
    const [array, kind, isEntries] = enter.iterated(expression)
    return each(array, kind, false, (element, index) => {
      if (isEntries) {
        if (!ts.isArrayBindingPattern(name)) throw refused(name, 'a pair of `entries()` that is not taken apart')
        const values = [index, element]
        name.elements.forEach((part, i) => {
          if (ts.isOmittedExpression(part)) return
          if (part.initializer || part.dotDotDotToken || i > 1) throw refused(part, 'this pattern')
          bind(part.name, values[i]!, part)
        })
      } else bind(name, element, node)
      return statement(node.statement)
    })
  }

  // ---- declarations

  const declare = (list: ts.VariableDeclarationList) => {
    if (!(list.flags & (ts.NodeFlags.Let | ts.NodeFlags.Const))) throw refused(list, 'a `var`')
    for (const { name, initializer, type } of list.declarations) {
      if (!initializer) {
        if (!ts.isIdentifier(name)) throw refused(name, 'this declaration')
        bindChanging(name, undefined, type ?? name)
      } else bind(name, enter.value(initializer), initializer)
    }
  }
  /** A variable without a value yet. */
  const bindChanging = (name: ts.Identifier, _value: undefined, typed: ts.Node) => {
    const kind = enter.kindAt(typed === name ? name : typed, name)
    const variable = enter.changing(name.text, kind)
    set(variable, 'undefined')
    enter.bound.set(checker.getSymbolAtLocation(name)!, variable)
  }

  const bind = (name: ts.BindingName, value: EnteredValue, node: ts.Node): void => {
    if (ts.isIdentifier(name)) return bindName(name, value, node)
    if (value === undefined || !isReference(value)) throw refused(node, 'taking apart this value')
    if (ts.isObjectBindingPattern(name)) {
      for (const part of name.elements) {
        const key = part.propertyName ?? part.name
        if (part.initializer || part.dotDotDotToken || !ts.isIdentifier(key)) throw refused(part, 'this pattern')
        loadInto(part, value, JSON.stringify(key.text))
      }
      return
    }
    name.elements.forEach((part, i) => {
      if (ts.isOmittedExpression(part)) return
      if (part.initializer || part.dotDotDotToken) throw refused(part, 'this pattern')
      loadInto(part, value, `${i}`)
    })
  }
  const loadInto = (part: ts.BindingElement, from: Variable, key: string) => {
    const kind = enter.kindAt(part, part)
    const wanted = ts.isIdentifier(part.name) ? part.name.text : 'part'
    const target = kind === 'scalar' ? enter.scalar(wanted) : enter.reference(wanted)
    enter.emit({ k: 'load', target, from, key })
    bind(part.name, target, part)
  }
  const bindName = (name: ts.Identifier, value: EnteredValue, node: ts.Node) => {
    const symbol = checker.getSymbolAtLocation(name)
    if (!symbol) throw refused(name, 'this name')
    if (value === undefined) throw refused(node, 'a call that returns nothing, as a value,')
    if (isFunction(value)) {
      if (enter.isAssigned(symbol)) throw new DerivativeFault(catalogue.functionAsValue, node)
      enter.bound.set(symbol, value)
      return
    }
    const isResult = isVariable(value) && value.isFixed
    if (!enter.isAssigned(symbol) && (isResult || !isVariable(value))) {
      if (isVariable(value) && /^(t|chosen|list|record|\w+At)$/.test(value.wanted)) value.wanted = name.text
      enter.bound.set(symbol, value)
      return
    }
    const kind = isReference(value) ? 'reference' : 'scalar'
    const variable = enter.isAssigned(symbol)
      ? enter.changing(name.text, kind)
      : kind === 'scalar'
        ? enter.scalar(name.text)
        : enter.reference(name.text)
    set(variable, value)
    enter.bound.set(symbol, variable)
  }

  // ---- all of them

  const jump = (flag: Variable): Escape => {
    set(flag, 'true')
    return { by: new Set([flag]), always: true }
  }
  const returned = (node: ts.ReturnStatement): Escape => {
    const activation = enter.activations.at(-1)!
    if (node.expression) {
      const value = enter.value(node.expression)
      if (isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node.expression)
      if (value !== undefined) {
        const kind = isReference(value) ? 'reference' : 'scalar'
        activation.result ??= enter.changing('result', kind)
        if (activation.result.kind !== kind) throw refused(node, 'a function that returns now a number, now an array,')
        set(activation.result, value)
      }
    }
    return jump(activation.returned)
  }
  const thrown = ({ expression }: ts.ThrowStatement): Escape => {
    if (!ts.isNewExpression(expression) || (expression.arguments?.length ?? 0) > 1)
      throw refused(expression, 'throwing this')
    const [message] = expression.arguments ?? []
    const name = expression.expression.getText()
    if (!/^(Range|Type)?Error$/.test(name)) throw refused(expression, `throwing a '${name}'`)
    const text: Atom[] = [`new ${name}(`]
    if (message && ts.isTemplateExpression(message)) {
      text.push('`', message.head.rawText ?? message.head.text)
      for (const { expression: part, literal } of message.templateSpans)
        text.push('${', enter.atom(part), '}', literal.rawText ?? literal.text)
      text.push('`')
    } else if (message && ts.isStringLiteralLike(message)) text.push(JSON.stringify(message.text))
    else if (message) throw refused(message, 'this message')
    enter.emit({ k: 'throw', text: [...text, ')'] })
    return nowhere
  }

  const statement = (node: ts.Statement): Escape => {
    if (ts.isBlock(node)) return statements(node.statements)
    if (ts.isVariableStatement(node)) declare(node.declarationList)
    else if (ts.isExpressionStatement(node)) enter.value(node.expression)
    else if (ts.isIfStatement(node)) return choice(node, [])
    else if (ts.isForStatement(node)) return forLoop(node)
    else if (ts.isForOfStatement(node)) return forOf(node)
    else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
      const test = () => enter.atom(node.expression)
      return loop({ test, body: () => statement(node.statement), isTestedAfter: ts.isDoStatement(node) })
    } else if (ts.isReturnStatement(node)) return returned(node)
    else if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) {
      const { loops } = enter.activations.at(-1)!
      const around = loops.at(-1)
      if (node.label || !around) throw refused(node, 'a jump to a label')
      return jump(ts.isBreakStatement(node) ? around.stopped : around.skipped)
    } else if (ts.isThrowStatement(node)) return thrown(node)
    else if (ts.isTryStatement(node)) throw new DerivativeFault(catalogue.tried, node)
    else if (!isInert(node)) throw refused(node, `\`${node.getText().slice(0, 24).split('\n')[0]}\``)
    return nowhere
  }
  const isInert = (node: ts.Statement) =>
    ts.isEmptyStatement(node) ||
    ts.isFunctionDeclaration(node) ||
    node.kind === Kind.InterfaceDeclaration ||
    node.kind === Kind.TypeAliasDeclaration

  return { statements, bind, each }
}
