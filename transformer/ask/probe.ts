/**
 * The probe program, in which every operator is a call of a helper whose types the checker computes.
 * Its errors are never shown.
 */
import type ts from 'typescript'
import type { Checker } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import { operatorsKey, type Reader, tableReader } from '../meaning/tables.ts'
import { located } from '../report/errors.ts'
import type { FileSites } from '../syntax/rewrite.ts'
import { walk } from '../syntax/walk.ts'
import { desugar, type ProbeText } from './desugar.ts'

/** What making a probe program needs. */
export interface ProbeSource {
  readonly ts: TypeScript
  /** The name of the file that declares the `operators` symbol. */
  readonly home: string
  /** A program over the same files, in which some have other texts, by name. */
  programWith(texts: ReadonlyMap<string, string>): ts.Program
}

export interface ProbeProgram {
  readonly checker: Checker
  /** Finds the meaning of an operator for operand types; one for all files, since it caches each type. */
  readonly reader: Reader
  /** The helper calls of a file, one for each of its operators and in their order; the operators of a long chain share one. */
  calls(found: FileSites): readonly ts.CallExpression[]
}

/**
 * Makes the probe program of some files with operators, and checks these once in their natural order. Other files have the texts
 * that `lowered` gives for them, by name.
 */
export function probe(
  { ts, home, programWith }: ProbeSource,
  found: readonly FileSites[],
  lowered: ReadonlyMap<string, string>,
): ProbeProgram {
  const probeTexts = new Map<string, ProbeText>(
    found
      .filter(({ sites }) => sites.length > 0)
      .map(sites => [sites.file.fileName, desugar(ts, sites, helperType(home))]),
  )
  const texts = new Map([...lowered, ...[...probeTexts].map(([name, { mapped }]) => [name, mapped.text] as const)])
  const probeProgram = programWith(texts)
  // A full check is much cheaper than the same questions asked operator by operator from the outside in.
  for (const { file } of found)
    located(file, 0, () => probeProgram.getSemanticDiagnostics(probeProgram.getSourceFile(file.fileName)))
  return probeIn(ts, probeProgram, home, name => probeTexts.get(name))
}

/** The text of the helper's type in a probe text. */
export function helperType(home: string): string {
  return `import(${JSON.stringify(home.replace(/(\.d)?\.ts$/, '.js'))}).Probe`
}

/** The questions to a program that has probe texts. */
export function probeIn(
  ts: TypeScript,
  program: ts.Program,
  home: string,
  textOf: (fileName: string) => ProbeText | undefined,
): ProbeProgram {
  const checker = program.getTypeChecker()
  const key = operatorsKey(ts, checker, program.getSourceFile(home)!)
  return {
    checker,
    reader: tableReader(ts, checker, key),
    calls({ file, sites }) {
      const helper = textOf(file.fileName)?.helper
      if (helper === undefined) return []
      const calls = helperCalls(ts, program.getSourceFile(file.fileName)!, helper)
      if (calls.length !== sites.length)
        throw new Error(`${sites.length} operators, but ${calls.length} helper calls in the probe text`)
      return calls
    },
  }
}

function helperCalls(ts: TypeScript, file: ts.SourceFile, helper: string): ts.CallExpression[] {
  const calls: ts.CallExpression[] = []
  walk(ts, file, node => {
    if (ts.isCallExpression(node) && isHelper(ts, node.expression, helper))
      for (let i = isChain(ts, node) ? node.arguments.length - 1 : 1; i > 0; i--) calls.push(node)
  })
  return calls
}

/** `__op['*']`, `__op.Math` and `__op.chain`, but not `__op.first`, which only keeps a value. */
function isHelper(ts: TypeScript, callee: ts.Expression, helper: string): boolean {
  if (!ts.isElementAccessExpression(callee) && !ts.isPropertyAccessExpression(callee)) return false
  if (!ts.isIdentifier(callee.expression) || callee.expression.text !== helper) return false
  return ts.isElementAccessExpression(callee) || callee.name.text !== 'first'
}

/** Whether a helper call represents all operators of a long chain. */
export function isChain(ts: TypeScript, { expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'chain'
}
