/**
 * Lowers a file: every resolved operator becomes a method call, and everything else is copied.
 * Pure: the original text and the resolutions in, TypeScript with its source map out. It must not ask the checker.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import { withoutParentheses } from '../syntax/chains.ts'
import { firstStatement } from '../syntax/inserts.ts'
import { type Forms, type Rewritten, rewrite } from '../syntax/rewrite.ts'
import { writeChange } from './assignments.ts'
import { closeBinary, openBinary, writeMath, writeUnary } from './calls.ts'
import { isReflectedCall, type LowerContext } from './context.ts'
import { type ImportStyle, planOf } from './plan.ts'

/** The lowered text of a file; undefined when all its operators are native, so that the file stays unchanged. */
export function lower(
  ts: TypeScript,
  file: ts.SourceFile,
  resolved: readonly ResolvedOperator[],
  style: ImportStyle,
): Rewritten | undefined {
  const plan = planOf(ts, file, resolved, style)
  if (plan.sites.length === 0) return undefined
  const header = plan.header === undefined ? undefined : importHeader(ts, file, plan.header)
  return rewrite(ts, { file, sites: plan.sites }, forms(plan), header)
}

/**
 * The place of the inserted import: after the file's leading imports, so that declarations name types by the user's imports.
 * Without imports, before the first statement and its doc comment, but after pragmas and licences.
 */
export function importHeader(ts: TypeScript, file: ts.SourceFile, text: string): { at: number; text: string } {
  const start = firstStatement(ts, file)
  const first = file.statements.findIndex(node => node.getStart(file) === start)
  const isImport = (node: ts.Statement) => ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)
  const behind = file.statements.findIndex((node, i) => i >= first && !isImport(node))
  const last = behind === -1 ? file.statements.at(-1) : file.statements[behind - 1]
  if (last && isImport(last)) return { at: last.end, text: `${file.text[last.end - 1] === ';' ? ' ' : '; '}${text}` }
  // not the parsed JSDoc, which a command-line compiler does not have
  const comments = ts.getLeadingCommentRanges(file.text, file.statements[first]?.pos ?? start) ?? []
  const texts = comments.map(({ pos, end }) => file.text.slice(pos, end))
  const isDoc = texts.at(-1)?.startsWith('/**') && !texts.some(text => /@jsx|@ts-|@license/.test(text))
  // a comment on the import's line would belong to the import
  return isDoc ? { at: comments.at(-1)!.pos, text: `${text}\n` } : { at: start, text: `${text} ` }
}

function forms(context: LowerContext): Forms {
  return {
    leftOf: site =>
      (context.linkOf(site)?.kind ?? 'first') !== 'first'
        ? withoutParentheses(context.ts, context.file, site.node.left)
        : site.node.left,
    movesLeft: site => isReflectedCall(context, site),
    open: (site, writer) => openBinary(context, site, writer),
    close: (site, writer, emit) => closeBinary(context, site, writer, emit),
    write(site, writer, emit) {
      switch (site.form) {
        case 'assign':
        case 'step':
          writeChange(context, site, writer, emit)
          break
        case 'unary':
          writeUnary(context, site, writer, emit)
          break
        case 'math':
          writeMath(context, site, writer, emit)
          break
        default:
          site satisfies never
      }
    },
  }
}
