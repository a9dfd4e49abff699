/**
 * Turns an analysed text into the view of the page and into executable JavaScript.
 * It must not know where that runs.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { operatorSpan } from '../../transformer/syntax/syntax.ts'
import { type Analysis, loweredStart, nodeAt } from './analysis.ts'
import { derivativesOf, measuringModule } from './derivatives.ts'
import type { Compiled, DerivativeCall, Problem, Range, Runnable, Variable } from './messages.ts'
import { specifiersOf } from './specifiers.ts'

export function compiled(analysis: Analysis): Omit<Compiled, 'milliseconds'> {
  const { ts, original, explained } = analysis
  const problems = analysis.problems.map(each => problem(ts, original, each)).sort((a, b) => a.from - b.from)
  const mapped = explained?.mapped
  const isWrong = problems.some(({ severity }) => severity === 'error')
  const derivatives = isWrong ? [] : derivativesOf(analysis)
  return {
    problems,
    lowered: mapped?.text ?? original.text,
    insertions: (mapped?.insertions() ?? []).map(({ start, length }) => ({ from: start, to: start + length })),
    operators: operators(analysis),
    derivatives,
    runnable: isWrong ? undefined : runnable(analysis, derivatives),
  }
}

function problem(ts: TypeScript, file: ts.SourceFile, diagnostic: ts.Diagnostic): Problem {
  const isHere = diagnostic.file === undefined || diagnostic.file.fileName === file.fileName
  const from = Math.min((isHere && diagnostic.start) || 0, file.text.length)
  const { line, character } = file.getLineAndCharacterOfPosition(from)
  const severity = { [ts.DiagnosticCategory.Error]: 'error', [ts.DiagnosticCategory.Warning]: 'warning' } as const
  return {
    from,
    to: Math.min(from + (diagnostic.length ?? 0), file.text.length),
    severity: severity[diagnostic.category as keyof typeof severity] ?? 'info',
    code: `TS${diagnostic.code}`,
    source: diagnostic.source === 'tsgrad' ? 'tsgrad' : 'ts',
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
    line: line + 1,
    column: character + 1,
  }
}

function operators({ original, explained }: Analysis): readonly Range[] {
  const methods = explained?.operators.filter(({ resolution }) => resolution.kind !== 'native') ?? []
  return methods
    .map(({ site }) => operatorSpan(site, original))
    .map(({ start, end }) => ({ from: start, to: end }))
    .sort((a, b) => a.from - b.from)
}

function runnable(analysis: Analysis, derivatives: readonly DerivativeCall[]): Runnable {
  const { ts, program, original } = analysis
  const emitted = new Map<string, string>()
  const isScript = (name: string) => name.endsWith('.js')
  program.emit(original, (name, text) => emitted.set(isScript(name) ? 'code' : 'map', text))
  const code = (emitted.get('code') ?? '').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
  return {
    code,
    map: emitted.get('map') ?? '',
    specifiers: specifiersOf(ts, code),
    variables: variables(analysis),
    measuring: measuringModule(analysis, derivatives),
  }
}

/** The top-level variables that may hold a tracked number. */
function variables(analysis: Analysis): readonly Variable[] {
  const { ts, original, lowered, program } = analysis
  const checker = program.getTypeChecker()
  const mayBeTracked = (name: ts.Identifier) => {
    const start = loweredStart(analysis, name.getStart(original), name.text.length)
    const node = start === undefined ? undefined : nodeAt(ts, lowered, start, start + name.text.length)
    const type = node && checker.getTypeAtLocation(node)
    const parts = type?.isUnion() ? type.types : [type]
    return parts.some(part => part?.getSymbol()?.name === 'NumberWithGrad' && part.getCallSignatures().length === 0)
  }
  return original.statements.filter(ts.isVariableStatement).flatMap(statement => {
    const line = original.getLineAndCharacterOfPosition(statement.end).line + 1
    const names = statement.declarationList.declarations.flatMap(({ name }) => namesOf(ts, name))
    return names.filter(mayBeTracked).map(name => ({ name: name.text, line }))
  })
}

function namesOf(ts: TypeScript, name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name]
  return name.elements.flatMap(element => (ts.isBindingElement(element) ? namesOf(ts, element.name) : []))
}
