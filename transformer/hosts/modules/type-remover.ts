/**
 * Removes types by TypeScript, and writes CommonJS where the host wants that, for hosts without a remover of their own.
 * It must not know that files are lowered.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { nearestConfig } from '../../program/nearest-config.ts'
import { compilerOf } from './compiler.ts'
import { hostDiagnostic } from './host-diagnostic.ts'
import { refusalFor } from './refused.ts'

/** The options of a tsconfig.json that affect the JavaScript of a single file. */
const KEPT = [
  ...['target', 'jsx', 'jsxFactory', 'jsxFragmentFactory', 'jsxImportSource'],
  ...['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields'],
] as const

/** JavaScript with its source map. */
export interface Plain {
  readonly code: string
  readonly map: { readonly version: 3; readonly sources: string[]; readonly names: string[]; readonly mappings: string }
}

export interface TypeRemover {
  /** @throws RefusedError when the text has errors of syntax. */
  plain(text: string, fileName: string, isEsm: boolean): Plain
  /** What affects the JavaScript of a file beside its text. */
  key(fileName: string): string
}

/** @param rewrite what happens to CommonJS first. */
export function createTypeRemover(
  root: string,
  tsconfig?: string | undefined,
  rewrite?: (ts: TypeScript, file: ts.SourceFile) => ts.SourceFile,
): TypeRemover {
  const optionsByConfig = new Map<string | undefined, ts.CompilerOptions>()
  const optionsOf = (ts: TypeScript, fileName: string) => {
    const config = tsconfig ?? nearestConfig(dirname(fileName), ts.sys.fileExists)
    const options = optionsByConfig.get(config) ?? keptOptions(ts, config)
    optionsByConfig.set(config, options)
    return options
  }
  return {
    plain(text, fileName, isEsm) {
      const ts = compilerOf(root)
      const {
        outputText,
        sourceMapText,
        diagnostics = [],
      } = ts.transpileModule(text, {
        // .mts and .cts would determine the kind of module, which the host has chosen already
        fileName: fileName.replace(/\.[mc](?=[jt]s$)/, '.'),
        reportDiagnostics: true,
        compilerOptions: { ...optionsOf(ts, fileName), module: isEsm ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS },
        ...(!isEsm && rewrite && { transformers: { before: [() => file => rewrite(ts, file)] } }),
      })
      const errors = diagnostics.filter(({ file }) => file).map(each => hostDiagnostic(ts, each))
      if (errors.length > 0) throw refusalFor(errors)
      const map = { ...JSON.parse(sourceMapText!), sources: [fileName], sourceRoot: undefined, sourcesContent: [text] }
      return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), map }
    },
    key(fileName) {
      const ts = compilerOf(root)
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
