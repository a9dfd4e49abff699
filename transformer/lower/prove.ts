/**
 * Compares the tree of a lowered text with the tree that was meant: receivers, arguments and statements stand where they belong.
 * It must not know how the text was written.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import { LocatedError } from '../report/errors.ts'
import { meantParts } from './meant-tree.ts'
import { type ImportStyle, planOf } from './plan.ts'
import { skeletonOf, type TreeToken } from './skeleton.ts'

/** @throws LocatedError at the first node whose tree is another one than was meant; it shows what was meant and what is there. */
export function prove(
  ts: TypeScript,
  original: ts.SourceFile,
  operators: readonly ResolvedOperator[],
  style: ImportStyle,
  lowered: ts.SourceFile,
): void {
  const plan = planOf(ts, original, operators, style)
  const meant = skeletonOf(ts, original, meantParts(plan))
  const found = skeletonOf(ts, lowered, withoutImport(lowered, plan.header))
  for (;;) {
    const [expected, actual]: (TreeToken | undefined)[] = [meant.next().value, found.next().value]
    if (!expected && !actual) return
    if (expected?.token === actual?.token) continue
    const at = actual?.node.getStart(lowered) ?? lowered.text.length
    const there = JSON.stringify(lowered.text.slice(Math.max(0, at - 40), at + 40))
    const message = `the lowered text has another tree than was meant: \`${actual?.token}\` in place of \`${expected?.token}\` at ${there}`
    throw new LocatedError(original, expected?.node.getStart(original) ?? original.text.length, message)
  }
}

/** A file whose first import of ours is left out. */
function withoutImport(file: ts.SourceFile, text: string | undefined) {
  const header = text && file.statements.find(statement => statement.getText(file) === text)
  if (text && !header) throw new Error(`the lowered text does not contain ${text}`)
  return (node: ts.Node) => (node === header ? [] : undefined)
}
