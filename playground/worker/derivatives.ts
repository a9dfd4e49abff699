/**
 * The calls of a text that take a derivative: which engine finds it and why, its compiled text, and a program that measures both
 * engines. It must not know where that runs.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { type VerbCall, verbCallsIn } from '../../transformer/derivative/verb-calls.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import type { Analysis } from './analysis.ts'
import type { DerivativeCall, Runnable } from './messages.ts'
import { specifiersOf } from './specifiers.ts'
import { isDifferentiable, tapedText } from './taped.ts'

const LONGEST = 60

export function derivativesOf(analysis: Analysis): readonly DerivativeCall[] {
  const { ts, program, lowered, original, explained } = analysis
  const place = (node: ts.Node) => {
    const span = { start: node.getStart(lowered), length: node.end - node.getStart(lowered) }
    const { start, length } = explained?.mapped.toOriginal(span) ?? span
    return { from: start, to: start + length }
  }
  return verbCallsIn(ts, program.getTypeChecker(), lowered).map((call): DerivativeCall => {
    const { from, to } = place(call.called)
    const argument = place(call.argument)
    const { line } = original.getLineAndCharacterOfPosition(from)
    return {
      from,
      to,
      line: line + 1,
      verb: original.text.slice(from, to),
      argument: shortened(original.text.slice(argument.from, argument.to).replaceAll(/\s+/g, ' ')),
      engine: call.engine,
      text: compiledText(ts, lowered, call),
    }
  })
}

const shortened = (text: string) => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`)

/** The derivatives beside a function, without the indentation of their call. */
function compiledText(ts: TypeScript, file: ts.SourceFile, { argument }: VerbCall): string | undefined {
  const call = argument.parent
  const derivatives = isDifferentiable(ts, call) ? call.arguments[1] : undefined
  if (!derivatives || !ts.isObjectLiteralExpression(derivatives)) return undefined
  const texts = derivatives.properties.map(each => each.getText(file))
  return texts.map(unindented).join('\n\n')
}

function unindented(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  const width = Math.min(...rest.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length))
  return [first, ...rest.map(line => line.slice(width))].join('\n')
}

/** A module in which each compiled derivative is marked with the number of its call; undefined where there is none. */
export function measuringModule({ ts, lowered }: Analysis, calls: readonly DerivativeCall[]): Runnable['measuring'] {
  const compiled = calls.flatMap(({ text }, i) => (text === undefined ? [] : [i]))
  if (compiled.length === 0) return undefined
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext }
  const { outputText } = ts.transpileModule(tapedText(ts, lowered), { compilerOptions })
  const ends = differentiableEnds(ts, outputText)
  if (ends.length !== compiled.length) return undefined
  const code = ends.reduceRight((text, end, i) => `${text.slice(0, end)}, ${compiled[i]}${text.slice(end)}`, outputText)
  return { code, specifiers: specifiersOf(ts, code), calls: compiled }
}

/** Where the arguments end of calls that hang derivatives on functions, in source order. */
function differentiableEnds(ts: TypeScript, code: string): readonly number[] {
  const file = ts.createSourceFile('/measuring.js', code, ts.ScriptTarget.ES2023, true)
  const ends: number[] = []
  walk(ts, file, node => {
    if (isDifferentiable(ts, node)) ends.push(node.arguments.end)
    return undefined
  })
  return ends
}
