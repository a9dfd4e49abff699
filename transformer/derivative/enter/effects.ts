/**
 * Calls of functions without text, of methods and of classes: each runs exactly once, in its place, as it stands, and
 * nothing that depends on the arguments may go into it. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { type Atom, isVariable, type Template } from '../structured.ts'
import {
  asStored,
  asVariable,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isFunction,
  isReference,
  refused,
} from './context.ts'
import { isInside } from './scopes.ts'
import { isOfLibrary, isTrackedType, kindOfType } from './types.ts'

/** Functions of JavaScript's own library that change nothing, by the interfaces that declare them; those of none are global. */
const READERS: Readonly<Record<string, RegExp>> = {
  '': /^(?:parseInt|parseFloat|isNaN|isFinite)$/,
  JSON: /^(?:parse|stringify)$/,
  String:
    /^(?:at|charAt|charCodeAt|codePointAt|concat|endsWith|includes|indexOf|lastIndexOf|localeCompare|normalize|pad\w+|repeat|slice|startsWith|substring|to\w+|trim\w*)$/,
  Number: /^to\w+$/,
  NumberConstructor: /^(?:new|is\w+|parse\w+)$/,
  StringConstructor: /^(?:new|from\w+)$/,
  BooleanConstructor: /^new$/,
  ObjectConstructor: /^(?:keys|values|entries|is|hasOwn)$/,
  DateConstructor: /^(?:new|now|parse|UTC)$/,
  Date: /^(?:get\w+|to\w+|valueOf)$/,
  Performance: /^now$/,
  Map: /^(?:get|has)$/,
  ReadonlyMap: /^(?:get|has)$/,
  Set: /^has$/,
  ReadonlySet: /^has$/,
  MapConstructor: /^new$/,
  SetConstructor: /^new$/,
}

/** Those of them that throw nothing, and whose result is the same in each run of the function. */
const CALM =
  /^(?: (?:parse\w+|is\w+)|(?:Map|Set|ReadonlyMap|ReadonlySet) (?:get|has)|(?:Map|Set)Constructor new|NumberConstructor .*|ObjectConstructor .*)$/

export function effectsOf(enter: Enter): Pick<Enter, 'runOnce' | 'opaqueMember' | 'objectText'> {
  const { ts, checker } = enter

  const unknown = (node: ts.Node, callee: ts.Node) =>
    new DerivativeFault(catalogue.unknownBody, node, callee.getText().slice(0, 40))
  /** Names of the current call that mean something else where the gradient is taken. */
  const invisible: ts.Identifier[] = []
  /** What a name or an object before a dot is in the text; undefined for what is to be entered as a value. */
  const outerText = (node: ts.Expression): string | undefined => {
    if (!ts.isIdentifier(node)) return undefined
    const symbol = checker.getSymbolAtLocation(node)
    const bound = symbol && enter.bound.get(symbol)
    if (bound !== undefined && isReference(bound) && bound.outer !== undefined)
      return bound.isUntyped ? `(${bound.outer} as any)` : bound.outer
    if (!symbol || enter.bound.has(symbol)) return undefined
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const declared = target.valueDeclaration
    if (declared && enter.activations.some(each => isInside(declared, each.node))) return undefined
    const text = enter.captured(symbol)
    // what depends on the arguments is the better reason, so it comes first
    if (text === undefined) invisible.push(node)
    return text ?? node.text
  }

  const objectText = (written: ts.Expression, at: ts.Node, kind: 'unknown' | 'object' = 'unknown'): Template => {
    const node = inner(ts, written) as ts.Expression
    const outer = outerText(node)
    if (outer !== undefined) return [outer]
    if (ts.isPropertyAccessExpression(node) && isOpaque(node))
      return [...objectText(node.expression, at, kind), `.${node.name.text}`]
    return [asVariable(enter, taken(enter.value(node), at, kind))]
  }
  /** Neither a number nor an array or record, so that it has no variable. */
  const isOpaque = (node: ts.Expression) => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node))
    return kindOfType(enter, type) === undefined && !(type.flags & ts.TypeFlags.Any)
  }
  const taken = (value: EnteredValue, at: ts.Node, kind: 'unknown' | 'object'): Atom => {
    if (isFunction(value)) throw unknown(at, at)
    const atom = asStored(value, at)
    if (isVariable(atom)) enter.oblige(kind, atom, at)
    return atom
  }

  const isAmbient = (each: ts.Declaration) =>
    each.getSourceFile().isDeclarationFile || (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Ambient) !== 0
  const isDeclaredOnly = (node: ts.Expression) =>
    checker.getTypeAtLocation(node).symbol?.declarations?.every(isAmbient) === true
  const isConsole = (node: ts.Expression) => {
    if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false
    const { text } = node.expression
    const declared = text === 'console' ? checker.getSymbolAtLocation(node.expression)?.declarations : undefined
    return declared?.every(isAmbient) === true
  }

  const calleeText = (node: ts.CallExpression | ts.NewExpression, kind: 'unknown' | 'object'): Template => {
    const callee = inner(ts, node.expression) as ts.Expression
    if (ts.isPropertyAccessExpression(callee))
      return [...objectText(callee.expression, node, kind), `.${callee.name.text}`]
    const outer = outerText(callee)
    if (outer === undefined) throw unknown(node, callee)
    return [outer]
  }

  /** The function of JavaScript's own library that is called and changes nothing, behind the interface that declares it. */
  const readerIn = (node: ts.CallExpression | ts.NewExpression): string | undefined => {
    const declared = checker.getResolvedSignature(node)?.declaration
    const owner = declared?.parent
    if (!declared || !owner || !isOfLibrary(checker.getSymbolAtLocation(calledName(node)))) return undefined
    const name = ts.isInterfaceDeclaration(owner) ? owner.name.text : ''
    const method =
      ts.isMethodSignature(declared) || ts.isFunctionDeclaration(declared) ? declared.name?.getText() : 'new'
    return READERS[name]?.test(method ?? '') ? `${name} ${method}` : undefined
  }
  const calledName = ({ expression }: ts.CallExpression | ts.NewExpression) =>
    ts.isPropertyAccessExpression(expression) ? expression.name : expression

  /** The type that an assertion, or what takes the value, gives to one of type any. */
  const resultOf = (node: ts.Expression): ts.Type => {
    let outer: ts.Expression = node
    while (ts.isExpression(outer.parent) && inner(ts, outer.parent) === node) outer = outer.parent
    const type = checker.getTypeAtLocation(outer)
    return type.flags & ts.TypeFlags.Any ? (checker.getContextualType(outer) ?? type) : type
  }

  const runOnce: Enter['runOnce'] = node => {
    const isNew = ts.isNewExpression(node)
    const kind = isNew ? 'object' : 'unknown'
    const args = node.arguments ?? []
    const isShown = isConsole(node.expression)
    const result = resultOf(node)
    if (isTrackedType(result)) throw new DerivativeFault(catalogue.tracked, node, node.expression.getText())
    if (args.some(ts.isSpreadElement)) throw refused(node, 'a call with a spread list')
    if (isNew && !isDeclaredOnly(node.expression))
      throw new DerivativeFault(catalogue.object, node, node.expression.getText().slice(0, 40))
    const callee = calleeText(node, kind)
    const texts = args.map((each, i): Template => {
      const text = isShown
        ? enter.message(each)
        : isOpaque(each)
          ? objectText(each, node, kind)
          : [taken(enter.value(each), node, kind)]
      return i === 0 ? text : [', ', ...text]
    })
    for (const each of invisible.splice(0)) enter.oblige('invisible', enter.scalar(each.text), each)
    const text = [...(isNew ? ['new '] : []), ...callee, '(', ...texts.flat(), ')']
    const reader = readerIn(node)
    const mayWrite = !isShown && reader === undefined
    if (result.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) {
      enter.emit({ k: 'effect', text, mayWrite })
      return undefined
    }
    const isReference = !isNew && kindOfType(enter, result) === 'reference'
    const target = isReference ? enter.reference('found') : enter.scalar('found')
    const isPure = reader !== undefined && CALM.test(reader)
    enter.emit({ k: 'effect', target, text, mayWrite, ...(isPure && { isPure }) })
    return target
  }

  /** `text.length`, `map.size`, `date.valueOf`: of what is neither a number nor an array or record. */
  const opaqueMember: Enter['opaqueMember'] = node => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node.expression))
    if (node.expression.getText() === 'arguments') return undefined
    const isText = (type.flags & ts.TypeFlags.StringLike) !== 0
    const isDictionary = checker.getIndexInfosOfType(type).length > 0
    const isObject = kindOfType(enter, type) === undefined && (isDictionary || isOfLibrary(type.symbol))
    if (!isText && !isObject) return undefined
    const object = objectText(node.expression, node, 'unknown')
    const key: Template = ts.isPropertyAccessExpression(node)
      ? [`.${node.name.text}`]
      : ['[', enter.atom(node.argumentExpression), isText ? ']' : ']!']
    const found = checker.getNonNullableType(checker.getTypeAtLocation(node))
    if (kindOfType(enter, found) !== 'reference') return enter.constant(...object, ...key)
    const target = enter.reference('found')
    enter.emit({ k: 'effect', target, text: [...object, ...key], mayWrite: false, isPure: true })
    return target
  }

  return { runOnce, opaqueMember, objectText }
}
