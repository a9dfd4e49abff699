/**
 * Writes compound assignments and steps as plain assignments, `x = x.add(a)`; where that would evaluate the target twice, as a
 * call of the run-time's `place`.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Emit } from '../syntax/rewrite.ts'
import { isReadAsParameter } from '../syntax/statements.ts'
import {
  isPrefix,
  isValueUnused,
  needsOldValue,
  needsPlace,
  operatorSpan,
  type Site,
  targetOf,
  writtenTarget,
} from '../syntax/syntax.ts'
import type { Span } from '../text/text.ts'
import type { Writer } from '../text/writer.ts'
import { textClose, textOpen } from './calls.ts'
import { commentsBetween, copyGap, copyOnOneLine, writeComments } from './comments.ts'
import { dispatchArguments, dispatchOpen, type LowerContext, member, placeNames, readable } from './context.ts'

export type AssignSite = Extract<Site, { form: 'assign' }>
export type StepSite = Extract<Site, { form: 'step' }>

/** Writes a compound assignment or a step, in parentheses where the plain assignment would be read as a parameter. */
export function writeChange(context: LowerContext, site: AssignSite | StepSite, writer: Writer, emit: Emit): void {
  const { ts, file } = context
  const { node } = site
  const hasOwn = site.form === 'step' && isGroupedStep(ts, site)
  const isGrouped = ts.isIdentifier(targetOf(ts, site)!) && isReadAsParameter(ts, file, node, hasOwn)
  if (isGrouped) writer.insert('(', node.getStart(file))
  if (site.form === 'assign') writeAssignment(context, site, writer, emit)
  else writeStep(context, site, writer, emit)
  if (isGrouped) writer.insert(')', node.end)
}

function writeAssignment(context: LowerContext, site: AssignSite, writer: Writer, emit: Emit): void {
  const { ts, file } = context
  const { left, right } = site.node
  const resolution = context.resolutionOf(site)
  if (resolution.kind === 'text') return writeTextAssignment(context, site, writer, emit)
  const { start, end } = operatorSpan(site, file)
  if (needsPlace(ts, site)) {
    const written = openPlace(context, site, writer, emit)
    writer.insert(`.assign(${dispatchArguments(false, site.key, resolution)}`, start, end)
    copyGap(file, end, right.getStart(file), writer)
    emit(right)
    writer.insert(', ', right.end)
    written()
    return
  }
  const target = readable(ts, left)
  const isCall = resolution.kind === 'method'
  writer.copy(left.getStart(file), start)
  writer.insert(equals(start, left), start, end)
  if (!isCall) writer.insert(dispatchOpen(context, 'dispatchBinary', site.key, resolution), start, end)
  copyOnOneLine(file, target.getStart(file), target.end, writer)
  writer.insert(isCall ? `${member(resolution.method)}(` : ', ', start, end)
  copyGap(file, end, right.getStart(file), writer)
  emit(right)
  writer.insert(')', site.node.end)
}

/** With a blank of its own where none is written: `x!+= a` must not become `x!= …`. */
const equals = (start: number, left: ts.Node) => (start === left.end ? ' = ' : '= ')

/** `s += a` on a string keeps its operator and converts the operand; `v += 's'` is `v = String(v) + 's'`. */
function writeTextAssignment(context: LowerContext, site: AssignSite, writer: Writer, emit: Emit): void {
  const { ts, file } = context
  const { left, right } = site.node
  const { start, end } = operatorSpan(site, file)
  const resolution = context.resolutionOf(site)
  if (resolution.kind === 'text' && resolution.operand === 'left') {
    const target = readable(ts, left)
    writer.copy(left.getStart(file), start)
    writer.insert(`${equals(start, left)}${textOpen(context, left)}`, start, end)
    copyOnOneLine(file, target.getStart(file), target.end, writer)
    writer.insert(`${textClose(context, left)} + `, start, end)
    copyGap(file, end, right.getStart(file), writer)
    const grouped = !ts.isLeftHandSideExpression(right)
    if (grouped) writer.insert('(', right.getStart(file))
    emit(right)
    if (grouped) writer.insert(')', right.end)
    return
  }
  emit(left)
  writer.copy(left.end, right.getStart(file))
  writer.insert(textOpen(context, right), right.getStart(file))
  emit(right)
  writer.insert(textClose(context, right), right.end)
}

/** Whether the assignment for a step stands in parentheses: `-++x` is `-(x = x.add(1))`. */
const isGroupedStep = (ts: TypeScript, { node }: StepSite) => !isValueUnused(ts, node) && isPrefix(node)

function writeStep(context: LowerContext, site: StepSite, writer: Writer, emit: Emit): void {
  const { ts, file, name } = context
  const { node } = site
  const resolution = context.resolutionOf(site)
  const { start, end } = operatorSpan(site, file)
  const old = needsOldValue(ts, site)
  if (needsPlace(ts, site)) {
    const written = openPlace(context, site, writer, emit)
    writer.insert(`.${old ? 'stepAfter' : 'step'}(${dispatchArguments(true, site.key, resolution)}`, start, end)
    written()
    return
  }
  const target = readable(ts, node.operand)
  const grouped = isGroupedStep(ts, site)
  const copyAgain = () => copyOnOneLine(file, target.getStart(file), target.end, writer)
  if (old) {
    writer.insert(`${name('evaluatedFirst')}(`, start, end)
    writer.copy(target.getStart(file), target.end)
    writer.insert(', ', start, end)
  }
  if (grouped) writer.insert('(', start, end)
  if (old) copyAgain()
  else writer.copy(target.getStart(file), target.end)
  writer.insert(' = ', start, end)
  writeComments(file, commentsAround(file, site, target), writer)
  if (resolution.kind === 'dispatch')
    writer.insert(dispatchOpen(context, 'dispatchUnary', site.key, resolution), start, end)
  copyAgain()
  writer.insert(resolution.kind === 'method' ? `${member(resolution.method)}(1)` : ')', start, end)
  if (grouped || old) writer.insert(')', node.end)
}

/**
 * Writes `place(f(), g(), (o, k) => o[k])`, which evaluates object and key once and in order. The returned function writes the last
 * argument of the following call, `(o, k, v) => o[k] = v)`. These arrows contain only our own names.
 */
function openPlace(context: LowerContext, site: AssignSite | StepSite, writer: Writer, emit: Emit): () => void {
  const { ts, file, name } = context
  const target = targetOf(ts, site) as ts.PropertyAccessExpression | ts.ElementAccessExpression
  const { start, end } = operatorSpan(site, file)
  const [from, to] = [target.getStart(file), target.end]
  const isSuper = target.expression.kind === ts.SyntaxKind.SuperKeyword
  const isElement = ts.isElementAccessExpression(target)
  const written = readable(ts, writtenTarget(site)!)
  const [object, key, value] = placeNames(context, site)

  writer.insert(`${name('place')}(`, start, end)
  const last = isElement ? target.argumentExpression : target.name
  const inside = commentsBetween(file, last.end, to)
  writeComments(file, [...commentsAround(file, site, written), ...inside], writer)
  if (isSuper) writer.insert('undefined', from, to)
  else emit(target.expression)
  writer.insert(', ', from, to)
  writeComments(file, commentsBetween(file, target.expression.end, last.getStart(file)), writer)
  if (isElement) writeKey(context, target.argumentExpression, writer, emit)
  else writer.insert('undefined', from, to)
  const writeTarget = () => {
    // with its assertions: the value has their type
    writer.copy(written.getStart(file), from)
    writer.insert(isSuper ? 'super' : object!, from, to)
    if (isElement) writer.insert(`[${key}]`, from, to)
    else {
      writer.insert('.', from, to)
      writer.copy(target.name.getStart(file), target.name.end)
    }
    writer.copy(to, written.end)
  }
  writer.insert(`, (${object}, ${key}) => `, from, to)
  writeTarget()
  writer.insert(')', from, to)
  return () => {
    writer.insert(`(${object}, ${key}, ${value}) => { `, from, to)
    writeTarget()
    writer.insert(` = ${value} })`, from, to)
  }
}

/** The comments between an operator and its target. */
function commentsAround(file: ts.SourceFile, site: AssignSite | StepSite, target: ts.Node): readonly Span[] {
  const { start, end } = operatorSpan(site, file)
  const isBefore = start < target.getStart(file)
  const from = isBefore ? end : site.node.getStart(file)
  const to = isBefore ? site.node.end : start
  return [...commentsBetween(file, from, target.getStart(file)), ...commentsBetween(file, target.end, to)]
}

/** The key of `x[a, b] += 1` is one comma expression, which needs parentheses as an argument. */
function writeKey({ ts, file }: LowerContext, key: ts.Expression, writer: Writer, emit: Emit): void {
  const isComma = ts.isBinaryExpression(key) && key.operatorToken.kind === ts.SyntaxKind.CommaToken
  if (isComma) writer.insert('(', key.getStart(file))
  emit(key)
  if (isComma) writer.insert(')', key.end)
}
