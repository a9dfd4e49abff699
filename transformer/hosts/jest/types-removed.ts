/**
 * A transformer for Jest that needs only TypeScript: it removes types, and writes CommonJS where Jest wants that.
 * It must not know that files are lowered.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { nearestConfig } from '../../program/nearest-config.ts'
import { compilerOf } from '../modules/compiler.ts'
import { hostDiagnostic } from '../modules/host-diagnostic.ts'
import { refusalFor } from '../modules/refused.ts'
import type { JestTransformer } from './transformer.ts'

/** The options of a tsconfig.json that affect the JavaScript of a single file. */
const KEPT = [
  ...['target', 'jsx', 'jsxFactory', 'jsxFragmentFactory', 'jsxImportSource'],
  ...['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields'],
] as const

export function typesRemoved(tsconfig: string | undefined): JestTransformer {
  const optionsByConfig = new Map<string | undefined, ts.CompilerOptions>()
  const optionsOf = (ts: TypeScript, fileName: string) => {
    const config = tsconfig ?? nearestConfig(dirname(fileName), ts.sys.fileExists)
    const options = optionsByConfig.get(config) ?? keptOptions(ts, config)
    optionsByConfig.set(config, options)
    return options
  }
  const compiled = (text: string, fileName: string, rootDir: string, isEsm: boolean) => {
    const ts = compilerOf(rootDir)
    return ts.transpileModule(text, {
      // .mts and .cts would determine the kind of module, which Jest has chosen already
      fileName: fileName.replace(/\.[mc](?=[jt]s$)/, '.'),
      reportDiagnostics: true,
      compilerOptions: { ...optionsOf(ts, fileName), module: isEsm ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS },
      ...(!isEsm && { transformers: { before: [() => file => mocksFirst(ts, file)] } }),
    })
  }
  return {
    process(text, fileName, { config, supportsStaticESM }) {
      const { rootDir } = config
      const { outputText, sourceMapText, diagnostics = [] } = compiled(text, fileName, rootDir, supportsStaticESM)
      const errors = diagnostics.filter(({ file }) => file).map(each => hostDiagnostic(compilerOf(rootDir), each))
      if (errors.length > 0) throw refusalFor(errors)
      const map = { ...JSON.parse(sourceMapText!), sources: [fileName], sourceRoot: undefined, sourcesContent: [text] }
      return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), map }
    },
    getCacheKey(_, fileName, { config }) {
      const ts = compilerOf(config.rootDir)
      return `${ts.version} ${JSON.stringify(optionsOf(ts, fileName))}`
    },
  }
}

function keptOptions(ts: TypeScript, config: string | undefined): ts.CompilerOptions {
  const json = config ? ts.readConfigFile(config, ts.sys.readFile).config : {}
  // only the options are wanted, so no files are searched
  const { options } = ts.parseJsonConfigFileContent({ ...json, include: [], files: [] }, ts.sys, dirname(config ?? ''))
  const kept = KEPT.filter(name => options[name] !== undefined).map(name => [name, options[name]])
  return {
    target: ts.ScriptTarget.ES2022,
    ...Object.fromEntries(kept),
    esModuleInterop: true,
    isolatedModules: true,
    allowJs: true,
    sourceMap: true,
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
