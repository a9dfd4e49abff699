/**
 * What a call passes: its arguments in order, with the elements of tuples that are spread. It must not know derivatives.
 */
import type ts from 'typescript'
import { isVariable } from '../structured.ts'
import { asReference, type Enter, type EnteredValue, isFunction, refused } from './context.ts'
import { kindOfType } from './types.ts'

export function passedOf(enter: Enter): Pick<Enter, 'passed'> {
  const { ts, checker } = enter

  const passed: Enter['passed'] = (nodes, at) => {
    if (!nodes.some(ts.isSpreadElement)) return enter.inOrder(nodes)
    return nodes.flatMap((node): readonly EnteredValue[] => {
      const value = enter.value(ts.isSpreadElement(node) ? node.expression : node)
      if (!ts.isSpreadElement(node))
        return value === undefined || isFunction(value) || !isVariable(value) ? [value] : [enter.copied(value)]
      const list = asReference(value, node)
      return elementsOfTuple(checker, node.expression, at).map((type, i) => {
        const kind = kindOfType(enter, type)
        if (kind !== 'scalar' && kind !== 'reference') throw refused(node, 'this list')
        return enter.load(list, `${i}`, `${list.wanted}${i}`, kind)
      })
    })
  }

  return { passed }
}

/** The types of a tuple's elements. @throws DerivativeFault for a list of any length. */
function elementsOfTuple(checker: ts.TypeChecker, node: ts.Expression, at: ts.Node): readonly ts.Type[] {
  const type = checker.getTypeAtLocation(node)
  // of one with optional elements it is a union of numbers
  const length = checker.isTupleType(type) ? type.getProperty('length') : undefined
  if (!length || !checker.getTypeOfSymbol(length).isNumberLiteral()) throw refused(at, 'a call with a spread list')
  return checker.getTypeArguments(type as ts.TypeReference)
}
