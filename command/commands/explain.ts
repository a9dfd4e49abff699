/**
 * `tsgrad explain`: prints the meaning of each operator of a file, how each derivative is found, and the lowered lines.
 * It must not resolve operators itself.
 */
import { basename, relative, resolve } from 'node:path'
import type ts from 'typescript'
import { type LoweredFile, unchangedFile } from '../../transformer/build/lowered-file.ts'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { type VerbCall, verbCallsIn } from '../../transformer/derivative/verb-calls.ts'
import type { ResolvedOperator } from '../../transformer/meaning/resolved-operator.ts'
import { operatorSpan, operatorText } from '../../transformer/syntax/syntax.ts'
import { lowerProgram } from '../../transformer/transform.ts'
import { type NamedProgram, withProgram } from '../project/program.ts'
import { requireOperands } from '../project/project.ts'
import { CommandError } from '../report/command-error.ts'
import { formatted, reportingFailures } from '../report/failure.ts'
import type { Command } from './command.ts'

export const explainCommand: Command = {
  summary: 'print what each operator of a file compiles to',
  usage: 'tsgrad explain file.ts [--all]',
  about: `Lists each operator on a class in a file, with its position, its operand types and what it compiles to:

  5:13  *  NumberWithGrad, number  method mul

and each call of grad and its like: whether the derivative is compiled, or recorded on the tape and why. Then follow
what each loop of a compiled derivative keeps for the way back, tsgrad's errors, and the lines that the compiler sees
instead of yours.`,
  examples: [
    ['tsgrad explain src/model.ts', 'the operators on classes, and the lines that change'],
    ['tsgrad explain src/model.ts --all', "JavaScript's own operators too, and the whole text"],
  ],
  options: { all: { type: 'boolean', about: "list JavaScript's own operators too, and print the whole text" } },
  async run(operands, { all }) {
    const [name, ...others] = operands
    if (name === undefined || others.length > 0) throw new CommandError(`usage: ${this.usage}`)
    requireOperands(operands)
    if (name.endsWith('.json')) throw new CommandError(`${name} is not a TypeScript file`)
    console.log(await withProgram('explain', operands, each => explained(each, name, all === true)))
    return 0
  },
}

function explained({ ts, program }: NamedProgram, name: string, all: boolean): string {
  const file = program.getSourceFile(resolve(name))
  const faults = program.getSyntacticDiagnostics(file)
  if (faults.length > 0) throw new CommandError(formatted(ts, faults))
  return reportingFailures(ts, () => {
    const { files, program: compiled } = lowerProgram(ts, program)
    const calls = verbCallsIn(ts, compiled.getTypeChecker(), compiled.getSourceFile(resolve(name))!)
    const found = files.find(({ original }) => original === file)
    const lowered = found ?? (calls.length > 0 ? unchangedFile(file!) : undefined)
    return lowered ? report(ts, lowered, calls, all) : nothing(name)
  })
}

const nothing = (name: string) =>
  `${name}: the file uses no operators, or imports no class with operators, directly or indirectly. The text does not change.`

function report(ts: TypeScript, file: LoweredFile, calls: readonly VerbCall[], all: boolean): string {
  const { original, mapped, operators, diagnostics } = file
  const start = ({ site }: ResolvedOperator) => operatorSpan(site, original).start
  const isNative = ({ resolution, fault }: ResolvedOperator) => resolution.kind === 'native' && !fault
  const shown = operators.filter(each => all || !isNative(each)).sort((a, b) => start(a) - start(b))
  const natives = operators.filter(isNative).length
  const name = relative(process.cwd(), original.fileName)
  const lines = loweredLines(original.text, mapped.text, all)
  return [
    `${name}: ${operators.length} operators, ${natives} of them JavaScript's own\n`,
    ...alignedRows(shown.map(each => row(original, each))),
    ...(shown.length > 0 && calls.length > 0 ? [''] : []),
    ...alignedRows(calls.map(each => callRow(file, each))),
    ...loopRows(file),
    ...(diagnostics.length > 0 ? [`\n${formatted(ts, diagnostics)}`] : []),
    lines.length > 0 ? `\nLowered:\n\n${lines.join('\n')}` : '\nThe text does not change.',
  ].join('\n')
}

/** The meaning of an operator, in words. */
function inWords({ resolution, fault }: ResolvedOperator): string {
  if (fault) return `refused: TS${fault.entry.code}`
  switch (resolution.kind) {
    case 'native':
      return "JavaScript's own"
    case 'text':
      return `joins text: String() of the ${resolution.operand} operand`
    case 'method':
      return `method ${resolution.method}`
    case 'reflected':
      return `method ${resolution.method} of the right operand`
    case 'dispatch':
      return `decided at run time: ${[resolution.method, resolution.reflected].filter(Boolean).join(' or ')}`
    case 'fold':
      return `two by two: ${[resolution.method, resolution.reflected].filter(Boolean).join(' or ')}`
  }
}

/** The types that the checker computes for generic code can be pages long. */
const shortened = (type: string) => (type.length > 40 ? `${type.slice(0, 39)}…` : type)

function row(file: ts.SourceFile, operator: ResolvedOperator): readonly string[] {
  const { site, types } = operator
  const { line, character } = file.getLineAndCharacterOfPosition(operatorSpan(site, file).start)
  const operands = types().map(shortened).join(', ')
  return [`${line + 1}:${character + 1}`, operatorText(site, file), operands, inWords(operator)]
}

function callRow(
  { original, mapped, diagnostics }: LoweredFile,
  { called, argument, engine }: VerbCall,
): readonly string[] {
  const spanOf = (node: ts.Node) => {
    const start = node.getStart()
    return mapped.toOriginal({ start, length: node.end - start })
  }
  const { line, character } = original.getLineAndCharacterOfPosition(spanOf(called).start)
  const { start, length } = spanOf(argument)
  const fault = diagnostics.find(each => each.start !== undefined && each.start >= start && each.start < start + length)
  const words = engine === 'refused' && fault ? `refused: TS${fault.code}` : engine
  const text = original.text.slice(start, start + length).replaceAll(/\s+/g, ' ')
  return [`${line + 1}:${character + 1}`, called.getText(), shortened(text), words]
}

/** What each turn of the loops keeps that a derivative runs backwards. */
function loopRows({ original, loops = [] }: LoweredFile): readonly string[] {
  if (loops.length === 0) return []
  const rows = loops.map(({ argument, kind, fileName, line, kept, countsTurns }) => {
    const at = original.getLineAndCharacterOfPosition(argument)
    const numbers = kept.length > 0 ? kept.join(', ') : 'nothing'
    const turns = countsTurns ? '; the number of turns' : ''
    return [`${at.line + 1}:${at.character + 1}`, kind, `${basename(fileName)}:${line}`, numbers + turns]
  })
  return ['\nKept for the way back, by each turn of a loop:\n', ...alignedRows(rows)]
}

function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map(i => Math.max(0, ...rows.map(cells => cells[i]!.length)))
  return rows.map(([place, ...cells]) => {
    const padded = cells.map((cell, i) => cell.padEnd(widths[i + 1] ?? 0))
    return `${place!.padStart(widths[0]!)}  ${padded.join('  ')}`.trimEnd()
  })
}

/** The lowered lines that differ from the original ones; all of them when the numbers of lines differ. */
function loweredLines(original: string, lowered: string, all: boolean): readonly string[] {
  const before = original.split('\n')
  const after = lowered.split('\n')
  const width = String(after.length).length
  const numbered = after.map((text, i) => `${String(i + 1).padStart(width)} | ${text}`.trimEnd())
  return all || before.length !== after.length ? numbered : numbered.filter((_, i) => before[i] !== after[i])
}
