/**
 * Functions that call themselves, alone or through others: each is entered once, as a unit that calls name.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import { type Atom, isVariable, type Unit, type Variable } from '../structured.ts'
import { capturedCall } from './captured-calls.ts'
import {
  type Activation,
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  type FunctionNode,
  isFunction,
  type KnownFunction,
  kindIn,
  refused,
} from './context.ts'
import { knownFunction, labelOf } from './names.ts'
import { functionHere } from './scopes.ts'
import { kindOfType } from './types.ts'

/** A function as an argument, with the call of which it captures variables. */
interface PassedFunction extends KnownFunction {
  readonly home: Activation | undefined
}

/** A unit that is being entered, or was. */
interface EnteredUnit {
  readonly place: number
  readonly node: FunctionNode
  /** What it was called with, where that is a function. */
  readonly functions: readonly (PassedFunction | undefined)[]
  /** The call of which it may capture variables. */
  readonly home: Activation | undefined
  /** How many calls were around it. */
  readonly depth: number
  readonly result: Variable | undefined
  isOpen: boolean
}

/** As many of one function may be open, each with other functions as arguments. */
const MOST_OPEN = 8

export function recursionOf(enter: Enter): Pick<Enter, 'isRecursive' | 'calledUnit'> {
  const { ts, checker } = enter
  const entered: EnteredUnit[] = []

  // ---- which functions

  const called = new Map<FunctionNode, ReadonlySet<FunctionNode>>()
  /** The functions of the project that a function names. */
  const calledBy = (node: FunctionNode): ReadonlySet<FunctionNode> => {
    const known = called.get(node)
    if (known) return known
    const found = new Set<FunctionNode>()
    called.set(node, found)
    walk(ts, node.body, each => {
      if (ts.isTypeNode(each)) return 'skip'
      const named = ts.isIdentifier(each) ? checker.getSymbolAtLocation(each) : undefined
      const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
      const f = symbol && knownFunction(ts, symbol)
      if (f) found.add(f)
      return undefined
    })
    return found
  }
  const recursive = new Map<FunctionNode, boolean>()
  const isRecursive = (node: FunctionNode): boolean => {
    const known = recursive.get(node)
    if (known !== undefined) return known
    const reached = new Set<FunctionNode>()
    const pending = [...calledBy(node)]
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (reached.has(next)) continue
      reached.add(next)
      pending.push(...calledBy(next))
    }
    recursive.set(node, reached.has(node))
    return reached.has(node)
  }

  // ---- calls

  const calledUnit: Enter['calledUnit'] = (f, args, at) => {
    const functions = args.map(each => (isFunction(each) ? { ...each, home: homeOf(each) } : undefined))
    if (functions.some(each => each?.otherwise)) throw refused(at, 'a choice of functions for one that calls itself')
    const unit = known(f, functions) ?? enterUnit(f, args, functions, at)
    const operands = f.node.parameters.flatMap((parameter, i): Atom[] => {
      if (parameter.dotDotDotToken) return [enter.restOf(args.slice(i), parameter)]
      if (functions[i]) return []
      return [i < args.length ? enter.settled(asStored(args[i], at)) : 'undefined']
    })
    const target = unit.result && enter.fixed(unit.result.wanted, unit.result.kind)
    enter.emit({ k: 'call', unit: unit.place, operands, ...(target && { target }) })
    return target
  }

  const homeOf = (f: KnownFunction) => capturedCall(enter, 'around' in f ? f : functionHere(enter, f.node))
  const isSameFunction = (a: PassedFunction | undefined, b: PassedFunction | undefined) =>
    a?.node === b?.node && a?.taken === b?.taken && a?.rule === b?.rule && a?.home === b?.home
  const known = (f: KnownFunction, functions: EnteredUnit['functions']) =>
    entered.find(each => {
      if (each.node !== f.node || each.home !== homeOf(f)) return false
      const isSame = functions.every((passed, i) => isSameFunction(passed, each.functions[i]))
      return isSame && (each.isOpen || functions.every(passed => passed === undefined))
    })
  /** Whether a call is part of a unit, whose variables no other unit sees. */
  const isInUnit = (call: Activation | undefined) => {
    const outermost = entered.find(each => each.isOpen)
    return call !== undefined && outermost !== undefined && enter.activations.indexOf(call) >= outermost.depth
  }

  const enterUnit = (
    f: KnownFunction,
    args: readonly EnteredValue[],
    functions: EnteredUnit['functions'],
    at: ts.Node,
  ): EnteredUnit => {
    const { node } = f
    const home = homeOf(f)
    const open = entered.filter(each => each.isOpen && each.node === node)
    if (isInUnit(home) || functions.some(each => isInUnit(each?.home)) || open.length >= MOST_OPEN)
      throw new DerivativeFault(catalogue.recursive, at, labelOf(ts, node) ?? 'the function')
    const result = resultOf(node)
    const depth = enter.activations.length
    const unit: EnteredUnit = { place: enter.units.length, node, functions, home, depth, result, isOpen: true }
    entered.push(unit)
    const parameters = node.parameters.flatMap((parameter, i): Variable[] => {
      if (functions[i]) return []
      const wanted = ts.isIdentifier(parameter.name) ? parameter.name.text : 'argument'
      return [enter.fixed(wanted, enter.kindAt(parameter, parameter))]
    })
    const text: { -readonly [K in keyof Unit]: Unit[K] } = {
      wanted: labelOf(ts, node) ?? 'unit',
      parameters,
      body: [],
      result: result ?? 'undefined',
    }
    enter.units.push(text)
    let next = 0
    const values = node.parameters.map((_, i) => (functions[i] ? args[i] : parameters[next++]))
    text.body = enter.block(() => {
      const value = enter.entered(f, values, at, true)
      if (!result) return
      const found = asStored(value, node)
      if (isVariable(found) && kindIn(found) !== result.kind)
        throw refused(node, 'a function that returns now a number, now an array,')
      enter.set(result, found)
    })
    unit.isOpen = false
    return unit
  }
  /** Undefined for a function that returns nothing. */
  const resultOf = (node: FunctionNode): Variable | undefined => {
    const signature = checker.getSignatureFromDeclaration(node)!
    const type = checker.getReturnTypeOfSignature(signature)
    if (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) return undefined
    const kind = kindOfType(enter, type)
    if (kind === 'scalar' || kind === 'reference') return enter.fixed('result', kind)
    throw refused(node, `a function that returns '${checker.typeToString(type)}'`)
  }

  return { isRecursive, calledUnit }
}
