/**
 * The last net: operators that stayed JavaScript's own in a lowered text although an operand turns out to have operators there.
 * It looks at the program that is compiled, and must not know how the text came about.
 */
import type ts from 'typescript'
import { findSites } from './rewrite.ts'
import { operatorSpan, operatorText, type TypeScript, unparenthesized } from './syntax.ts'
import { operatorsKey, tableReader } from './tables.ts'

export interface RemainingOperator {
  /** The place of the operator in the lowered text, and of the whole expression. */
  readonly start: number
  readonly end: number
  readonly node: ts.Expression
  readonly operator: string
  readonly type: string
}

/**
 * The probe types operands in another context than the compiled text does, so that in rare cases (a private method, a literal
 * type, a lambda as an operand) it takes one for a plain value. TypeScript is silent on `-v`, `v < w` and `v + 'text'`.
 */
export function remainingOperators(
  ts: TypeScript,
  program: ts.Program,
  home: ts.SourceFile,
  file: ts.SourceFile,
): RemainingOperator[] {
  const checker = program.getTypeChecker()
  const reader = tableReader(ts, checker, operatorsKey(ts, checker, program.getSourceFile(home.fileName)!))
  const { sites } = findSites(ts, file)
  const native = new Set<ts.Node>(sites.map(({ node }) => node))
  return sites.flatMap(site => {
    if (site.form === 'math') return [] // TypeScript says what Math does not take
    const { node } = site
    const operands = 'left' in node ? [node.left, node.right] : [node.operand]
    const type = operands
      // JavaScript's own operators give no objects; to ask for their types would take quadratic time in a chain
      .filter(operand => !native.has(unparenthesized(ts, operand)))
      .map(operand => checker.getTypeAtLocation(operand))
      .find(each => reader.parts(each).some(({ kind }) => kind === 'operators'))
    if (!type) return []
    const span = operatorSpan(site, file)
    return [{ ...span, node, operator: operatorText(site, file), type: reader.show(type) }]
  })
}
