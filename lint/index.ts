/**
 * The entry `tsgrad/eslint`: a plugin for ESLint with presets, which lints natural math by the types that the compiled program has.
 * It must hold nothing but the parts' names.
 */
import { createRequire } from 'node:module'
import type { ESLint, Linter } from 'eslint'
import { requireReleases } from '../transformer/hosts/modules/tool-releases.ts'
import { createParser, type LintedFile } from './parser.ts'
import { trueReports } from './quiet.ts'
import { lintRules } from './rules/index.ts'

/** A plugin with the parser that its rules need, and presets as arrays of flat configurations. */
export interface TsgradPlugin extends ESLint.Plugin {
  readonly parser: Linter.Parser
  readonly configs: {
    /** The parser and the processor alone: the compiled program's types, and no false reports. */
    readonly base: Linter.Config[]
    /** With the rules: errors for faults, warnings for code that works badly. */
    readonly recommended: Linter.Config[]
    /** With the rules, all of them errors. */
    readonly strict: Linter.Config[]
  }
}

/** ESLint's cache discards reports of another version. */
const { version } = createRequire(import.meta.url)('tsgrad/package.json') as { readonly version: string }

const files = ['**/*.ts', '**/*.tsx', '**/*.mts', '**/*.cts']

function createPlugin(): TsgradPlugin {
  /** The file between its parsing and the end of its reports. */
  const linted = new Map<string, LintedFile>()
  const parser = createParser(version, (fileName, file) => void linted.set(fileName, file))
  const operators: Linter.Processor = {
    meta: { name: 'tsgrad/operators', version },
    supportsAutofix: true,
    preprocess: text => [text],
    postprocess([reports = []], name) {
      const fileName = name.replaceAll('\\', '/')
      const file = linted.get(fileName)
      linted.delete(fileName)
      return file ? trueReports(reports, file) : reports
    },
  }
  const plugin: ESLint.Plugin = {
    meta: { name: 'tsgrad', version, namespace: 'tsgrad' },
    rules: lintRules as unknown as NonNullable<ESLint.Plugin['rules']>,
    processors: { operators },
  }
  const preset = (name: string, reported: Linter.RulesRecord): Linter.Config[] => [
    {
      name: `tsgrad/${name}`,
      files,
      plugins: { tsgrad: plugin },
      processor: 'tsgrad/operators',
      languageOptions: { parser },
      rules: reported,
    },
  ]
  const names = Object.keys(lintRules) as (keyof typeof lintRules)[]
  const all = (level: (name: keyof typeof lintRules) => 'error' | 'warn') =>
    Object.fromEntries(names.map(name => [`tsgrad/${name}`, level(name)]))
  const levels = all(name => lintRules[name].meta.docs?.level ?? 'error')
  const errors = all(() => 'error')
  const configs = {
    base: preset('base', {}),
    recommended: preset('recommended', levels),
    strict: preset('strict', errors),
  }
  return { ...plugin, parser, configs }
}

requireReleases('eslint', process.cwd())
export default createPlugin()
