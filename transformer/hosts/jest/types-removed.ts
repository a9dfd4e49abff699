/**
 * A transformer for Jest that needs only TypeScript: it removes types, and writes CommonJS where Jest wants that.
 * It must not know that files are lowered.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { createTypeRemover, type TypeRemover } from '../modules/type-remover.ts'
import type { JestTransformer } from './transformer.ts'

export function typesRemoved(tsconfig: string | undefined): JestTransformer {
  const removers = new Map<string, TypeRemover>()
  const removerIn = (root: string): TypeRemover => {
    const remover = removers.get(root) ?? createTypeRemover(root, tsconfig, mocksFirst)
    removers.set(root, remover)
    return remover
  }
  return {
    process: (text, fileName, { config, supportsStaticESM }) =>
      removerIn(config.rootDir).plain(text, fileName, supportsStaticESM),
    getCacheKey: (_, fileName, { config }) => removerIn(config.rootDir).key(fileName),
  }
}

const HOISTED = new Set(['mock', 'unmock', 'deepUnmock', 'enableAutomock', 'disableAutomock'])

/** Hoists `jest.mock(…)` above the imports, as babel-jest does, since it must run before them. */
function mocksFirst(ts: TypeScript, file: ts.SourceFile): ts.SourceFile {
  const rank = (statement: ts.Statement): number => {
    if (ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression)) return 0
    if (isImportOfJest(ts, statement)) return 1
    return ts.isExpressionStatement(statement) && isMocking(ts, statement.expression) ? 2 : 3
  }
  const ranks = file.statements.map(rank)
  if (!ranks.includes(2)) return file
  const sorted = [0, 1, 2, 3].flatMap(wanted => file.statements.filter((_, index) => ranks[index] === wanted))
  return ts.factory.updateSourceFile(file, sorted)
}

const isImportOfJest = (ts: TypeScript, statement: ts.Statement) =>
  ts.isImportDeclaration(statement) && (statement.moduleSpecifier as ts.StringLiteral).text === '@jest/globals'

/** `jest.mock(…)`, or `jest.mock(…).unmock(…)`. */
function isMocking(ts: TypeScript, node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const { name, expression } = node.expression
  return (
    HOISTED.has(name.text) && ((ts.isIdentifier(expression) && expression.text === 'jest') || isMocking(ts, expression))
  )
}
