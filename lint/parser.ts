/**
 * The parser of typescript-eslint, with the types of the compiled program: rules see the text as it is written, and what its
 * expressions are when it runs. It must not know any rule.
 */
import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils'
import type { Linter } from 'eslint'
import ts from 'typescript'
import { parser } from 'typescript-eslint'
import type { CompiledFile } from '../transformer/build/session.ts'
import type { ResolvedOperator } from '../transformer/meaning/resolved-operator.ts'
import { operatorsKey, type Reader, tableReader } from '../transformer/meaning/tables.ts'
import { failure } from '../transformer/report/errors.ts'
import { findCandidates } from '../transformer/syntax/candidates.ts'
import type { VisitorKeys } from './nodes.ts'
import { pairNodes } from './pairs.ts'
import { createProjects } from './projects.ts'

/** What rules can ask about natural math, as `sourceCode.parserServices.tsgrad`. */
export interface NaturalMath {
  /** The resolution of an operator; undefined for a native one. */
  operator(node: TSESTree.Node): ResolvedOperator | undefined
  /** Reads operator tables; undefined in a program without any. */
  readonly reader: Reader | undefined
  /** The folder of the runtime's declarations; one of its rooms declares `NumberWithGrad`. */
  readonly home: string | undefined
}

export type LintServices = ParserServicesWithTypeInformation & { readonly tsgrad: NaturalMath }

/** A file that was parsed with types. */
export interface LintedFile {
  readonly ast: TSESTree.Program
  readonly visitorKeys: VisitorKeys
  readonly services: LintServices
}

/** The input and output of typescript-eslint's parser; its published type has less. */
const typescriptEslint = parser as unknown as {
  parseForESLint(
    text: string,
    options: object,
  ): {
    readonly ast: TSESTree.Program
    readonly services: ParserServicesWithTypeInformation
    readonly visitorKeys: LintedFile['visitorKeys']
  }
}

interface ParserOptions {
  readonly filePath?: string
  readonly tsconfigRootDir?: string
  readonly project?: unknown
  readonly projectService?: unknown
}

/** Calls `linted` for each file that it parses with types. */
export function createParser(version: string, linted: (fileName: string, file: LintedFile) => void): Linter.Parser {
  const projects = createProjects(ts)
  const homes = new WeakMap<ts.Program, ts.SourceFile | undefined>()
  const homeOf = (program: ts.Program) => {
    if (!homes.has(program)) homes.set(program, findCandidates(ts, program).homes[0])
    return homes.get(program)
  }
  return {
    meta: { name: 'tsgrad/parser', version },
    parseForESLint(text: string, given: unknown) {
      const options = (given ?? {}) as ParserOptions
      const fileName = options.filePath?.replaceAll('\\', '/')
      const found =
        fileName === undefined ? undefined : compiledFile(() => projects.of(fileName, text, namedConfig(options)))
      if (!fileName || !found) return typescriptEslint.parseForESLint(text, options)
      const { project: _, projectService: __, ...rest } = options
      const { program, original } = found
      const written = { ...program, getSourceFile: () => original }
      const parsed = typescriptEslint.parseForESLint(text, { ...rest, programs: [written] })
      const services = lintServicesOf(parsed.services, found, homeOf(program))
      linted(fileName, { ...parsed, services })
      return { ...parsed, services }
    },
  } as Linter.Parser
}

/** A file that tsgrad cannot compile is an error: linting it as if it had no operators would give false reports. */
function compiledFile(find: () => CompiledFile | undefined): CompiledFile | undefined {
  try {
    return find()
  } catch (error) {
    throw new Error(ts.flattenDiagnosticMessageText(failure(ts, error).messageText, '\n'), { cause: error })
  }
}

/** The tsconfig.json that `parserOptions.project` names; otherwise the nearest one of each file is taken. */
function namedConfig({ project, tsconfigRootDir }: ParserOptions): string | undefined {
  const [name] = [project].flat()
  if (typeof name !== 'string' || name.includes('*')) return undefined
  return ts.sys.resolvePath(tsconfigRootDir === undefined ? name : `${tsconfigRootDir}/${name}`)
}

function lintServicesOf(
  parsed: ParserServicesWithTypeInformation,
  { original, program, lowered }: CompiledFile,
  home: ts.SourceFile | undefined,
): LintServices {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(original.fileName)
  const pairs = lowered && file && file !== original ? pairNodes(ts, lowered, file) : new Map<ts.Node, ts.Node>()
  const { esTreeNodeToTSNodeMap: written, tsNodeToESTreeNodeMap: back } = parsed
  const originals = new Map([...pairs].map(([original, node]) => [node, original]))
  const compiled = (node: TSESTree.Node) => {
    const original = written.get(node) as ts.Node
    return pairs.get(original) ?? original
  }
  const operators = new Map(lowered?.operators.map(each => [each.site.node as ts.Node, each]))
  return {
    ...parsed,
    program,
    esTreeNodeToTSNodeMap: { get: compiled, has: (node: TSESTree.Node) => written.has(node) } as typeof written,
    tsNodeToESTreeNodeMap: {
      get: (node: never) => back.get((originals.get(node) ?? node) as never),
      has: (node: never) => back.has((originals.get(node) ?? node) as never),
    } as typeof back,
    getContextualType: node => checker.getContextualType(compiled(node) as ts.Expression),
    getResolvedSignature: node => checker.getResolvedSignature(compiled(node) as ts.CallLikeExpression),
    getSymbolAtLocation: node => checker.getSymbolAtLocation(compiled(node)),
    getTypeAtLocation: node => checker.getTypeAtLocation(compiled(node)),
    getTypeFromTypeNode: node => checker.getTypeFromTypeNode(compiled(node) as ts.TypeNode),
    getTypeOfSymbolAtLocation: (symbol, node) => checker.getTypeOfSymbolAtLocation(symbol, compiled(node)),
    tsgrad: {
      operator(node) {
        const found = operators.get(written.get(node) as ts.Node)
        return found && found.resolution.kind !== 'native' ? found : undefined
      },
      reader: home && tableReader(ts, checker, operatorsKey(ts, checker, home)),
      // `home` is `runtime/operators/operators`
      home: home?.fileName.replace(/(\/[^/]*){2}$/, ''),
    },
  }
}
