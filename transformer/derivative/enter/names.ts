/**
 * What a name stands for: a variable of the function, a function whose body is known, or something captured.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue } from '../../report/diagnostics.ts'
import type { Atom, Variable } from '../structured.ts'
import { DerivativeFault, type Enter, type EnteredValue, type FunctionNode, type KnownFunction } from './context.ts'
import { constantOf, fixedAtom, fixedReference } from './fixed-constants.ts'
import { isPlainlyTyped, outerText } from './outer-types.ts'
import { functionHere, isInside } from './scopes.ts'
import { isOfLibrary, isProjectClass, kindOfType } from './types.ts'

/** @throws DerivativeFault for a name that stands for nothing that is understood. */
export function nameValue(enter: Enter, node: ts.Identifier, named: ts.Symbol | undefined): EnteredValue {
  const { ts, checker } = enter
  const { text } = node
  if (text === 'undefined' && !named?.declarations?.length) return text
  if (!named) throw new DerivativeFault(catalogue.unknownBody, node, text)
  if ((text === 'NaN' || text === 'Infinity') && isOfLibrary(named)) return text
  if (enter.bound.has(named)) return enter.bound.get(named)
  const symbol = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
  const known = knownFunction(ts, symbol)
  if (known) return functionHere(enter, known)
  const derivative = derivativeNamed(enter, symbol)
  if (derivative) return derivative
  const declaration = symbol.valueDeclaration
  if (text === 'arguments' || !declaration) throw new DerivativeFault(catalogue.notDerived, node, `'${text}'`)
  if (enter.activations.some(each => isInside(declaration, each.node)))
    throw new DerivativeFault(catalogue.notDerived, node, `'${text}', which has no value yet here,`)
  const type = checker.getTypeOfSymbolAtLocation(symbol, node)
  switch (kindOfType(enter, type)) {
    case 'tracked':
      throw new DerivativeFault(catalogue.tracked, node, text)
    case 'scalar':
      return capturedNumber(enter, named, symbol) ?? literalOf(enter, symbol, node)
    case 'reference':
      return capturedReference(enter, named, symbol, node)
    case 'function':
      throw new DerivativeFault(catalogue.unknownBody, node, text)
    default:
      if (isProjectClass(ts, type)) return capturedReference(enter, named, symbol, node)
      throw new DerivativeFault(catalogue.notDerived, node, `a value of type '${checker.typeToString(type)}'`)
  }
}

function capturedReference(enter: Enter, named: ts.Symbol, symbol: ts.Symbol, node: ts.Identifier): Variable {
  const outer = enter.captured(named)
  if (outer === undefined) {
    const fixed = fixedReference(enter, symbol)
    if (!fixed) throw new DerivativeFault(catalogue.notVisible, node, node.text)
    enter.bound.set(named, fixed)
    return fixed
  }
  const isUntyped = !isPlainlyTyped(enter, enter.checker.getTypeOfSymbol(symbol))
  const variable: Variable = { wanted: outer, kind: 'reference', isFixed: true, outer, isUntyped }
  // one variable for each name, so that its arrays are one place
  enter.bound.set(named, variable)
  return variable
}

function capturedNumber(enter: Enter, named: ts.Symbol, symbol: ts.Symbol): string | undefined {
  const outer = enter.captured(named)
  // not the narrower type of this place
  return outer && outerText(enter, outer, enter.checker.getTypeOfSymbol(symbol))
}

/** The function that a name always stands for. */
export function knownFunction(ts: TypeScript, symbol: ts.Symbol): FunctionNode | undefined {
  const withBody = symbol.declarations?.find(each => ts.isFunctionDeclaration(each) && each.body)
  if (withBody) return withBody as FunctionNode
  const { valueDeclaration: method } = symbol
  if (method && ts.isFunctionExpression(method)) return method
  const isStatic =
    method && ts.isMethodDeclaration(method) && ts.getCombinedModifierFlags(method) & ts.ModifierFlags.Static
  if (isStatic && (method as ts.MethodDeclaration).body) return method as FunctionNode
  const value = constantOf(ts, symbol)
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined
}

/** The derivative that a constant always stands for, `const slope = grad(f)`. */
export function derivativeNamed({ ts, verbCall }: Enter, symbol: ts.Symbol): KnownFunction | undefined {
  const value = constantOf(ts, symbol)
  return value && ts.isCallExpression(value) ? verbCall(value) : undefined
}

/** What a function is called, by itself or by the constant that it is. */
export function labelOf(ts: TypeScript, { name, parent }: FunctionNode): string | undefined {
  if (name) return name.getText()
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : undefined
}

/** The number or the text that a constant of another file always is. */
export function literalOf(enter: Enter, symbol: ts.Symbol, node: ts.Expression): Atom {
  const fixed = fixedAtom(enter, symbol)
  if (fixed !== undefined) return fixed
  throw new DerivativeFault(catalogue.notVisible, node, node.getText())
}
