/**
 * Finds the false reports of typescript-eslint's rules: those about operators that a class names.
 * Reports about other operands stay. It must not know how files are linted.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import type { CheckedSymbol } from '../transformer/compiler/checker.ts'
import { nodesIn } from './nodes.ts'
import type { LintedFile, LintServices } from './parser.ts'
import { isAny, partsOf } from './tracked.ts'

/** Whether a report of a rule at a node is false. */
const falseAt: Readonly<Record<string, (node: TSESTree.Node, services: LintServices) => boolean>> = {
  '@typescript-eslint/restrict-plus-operands'(node, services) {
    const whole = [node, node.parent].find(each => each && services.tsgrad.operator(each)?.site.key === '+')
    // an operand of type any may be wrong for a method too
    return whole !== undefined && (whole === node || !isAny(services, node))
  },
  '@typescript-eslint/no-unsafe-unary-minus': (node, services) => services.tsgrad.operator(node) !== undefined,
  '@typescript-eslint/restrict-template-expressions': (node, services) => {
    const parts = partsOf(services, node)
    const objects = parts.filter(({ kind }) => kind === 'operators')
    const isText = parts.every(({ kind }) => kind === 'operators' || kind === 'string')
    return (
      isText && objects.length > 0 && objects.every(({ type }) => hasOwnText(services, type.getProperty('toString')))
    )
  },
}

/** Whether `toString` is a class's own, not that of `Object`. */
function hasOwnText({ program }: LintServices, text: CheckedSymbol | undefined): boolean {
  const declaration = text?.valueDeclaration
  return declaration !== undefined && !program.isSourceFileDefaultLibrary(declaration.getSourceFile())
}

/** A report of ESLint, as a processor sees it. */
export interface Report {
  readonly ruleId: string | null
  readonly line: number
  readonly column: number
  readonly endLine?: number | undefined
  readonly endColumn?: number | undefined
}

/** The reports that are not false. */
export function trueReports<R extends Report>(reports: readonly R[], { ast, visitorKeys, services }: LintedFile): R[] {
  const inQuestion = reports.filter(({ ruleId }) => ruleId !== null && ruleId in falseAt)
  if (inQuestion.length === 0) return [...reports]
  const places = new Map<string, TSESTree.Node[]>(inQuestion.map(report => [rangeKey(report), []]))
  for (const node of nodesIn(visitorKeys, ast)) {
    const { start, end } = node.loc
    places
      .get(rangeKey({ line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 }))
      ?.push(node)
  }
  const isFalse = (report: R) =>
    places.get(rangeKey(report))?.some(node => falseAt[report.ruleId ?? '']?.(node, services)) === true
  return reports.filter(report => !isFalse(report))
}

const rangeKey = ({ line, column, endLine, endColumn }: Omit<Report, 'ruleId'>) =>
  `${line}:${column}-${endLine}:${endColumn}`
