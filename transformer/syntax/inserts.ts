/**
 * Where a text of ours can be inserted into a file, and under which name. It must not know what is inserted.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

/** The wanted name, with a number if the text contains it already. */
export function freeName(text: string, wanted: string): string {
  let name = wanted
  for (let i = 1; text.includes(name); i++) name = `${wanted}${i}`
  return name
}

/** The start of the first statement that is no directive: text before 'use strict' would disable it. */
export function firstStatement(ts: TypeScript, file: ts.SourceFile): number {
  const isDirective = (node: ts.Statement) => ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression)
  const first = file.statements.find(node => !isDirective(node))
  return first?.getStart(file) ?? file.endOfFileToken.getStart(file)
}
