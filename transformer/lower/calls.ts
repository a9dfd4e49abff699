/**
 * Writes binary operators, signs and functions of Math as method calls or calls of a helper at run time. It must not know types.
 */
import type ts from 'typescript'
import { isDispatched } from '../meaning/order.ts'
import type { BinarySite, Emit } from '../syntax/rewrite.ts'
import { afterBlank, operatorSpan, type Site } from '../syntax/syntax.ts'
import type { Span } from '../text/text.ts'
import type { Writer } from '../text/writer.ts'
import { commentsBetween, copyGap, copyGapWithoutComma, writeComments } from './comments.ts'
import { dispatchOpen, type FlatLink, isReflectedCall, type LowerContext, member } from './context.ts'
import { closeReceiver, openReceiver, writeReceiver } from './receivers.ts'

/** Writes the text before the left operand. */
export function openBinary(context: LowerContext, site: BinarySite, writer: Writer): void {
  const { file } = context
  const { left } = site.node
  const resolution = context.resolutionOf(site)
  const link = context.linkOf(site)
  if (link && openLink(context, site, link, writer)) return
  if (isReflectedCall(context, site)) return
  if (resolution.kind === 'text') {
    if (resolution.operand === 'left') writer.insert(textOpen(context, left), left.getStart(file))
  } else if (resolution.kind === 'method') {
    openReceiver(context, left, writer)
  } else {
    const { start, end } = operatorSpan(site, file)
    writer.insert(dispatchOpen(context, 'dispatchBinary', site.key, resolution), start, end)
  }
}

/** Writes the operator, the right operand and the end of the call. */
export function closeBinary(context: LowerContext, site: BinarySite, writer: Writer, emit: Emit): void {
  const { file } = context
  const { left, operatorToken, right } = site.node
  const { start, end } = operatorSpan(site, file)
  const resolution = context.resolutionOf(site)
  const link = context.linkOf(site)
  if (link && link.kind !== 'first') return closeLink(context, site, link, writer, emit)
  if (isReflectedCall(context, site)) {
    writeReceiver(context, right, commentsBetween(file, end, right.getStart(file)), writer, emit)
    writer.insert(`${member(methodOf(context, site))}(`, start, end)
    writer.copy(left.getStart(file), left.end)
    copyGap(file, left.end, start, writer)
    writer.insert(')', site.node.end)
    return
  }
  if (resolution.kind === 'text') return closeText(context, site, resolution.operand, writer, emit)
  if (resolution.kind === 'method') closeReceiver(context, left, writer)
  copyGap(file, left.end, operatorToken.getStart(file), writer)
  writer.insert(resolution.kind === 'method' ? `${member(resolution.method)}(` : ', ', start, end)
  copyGap(file, end, right.getStart(file), writer)
  emit(right)
  writer.insert(')', site.node.end)
}

// ---- chains that are too long to nest: `chain(chain.value = a.add(b).mul(c), chain.value = chain.value.mul(d), …)`

/** Writes the text before the left operand in a flat chain; an operator behind the first one has no other text before it. */
function openLink(context: LowerContext, { node }: BinarySite, link: FlatLink, writer: Writer): boolean {
  const start = node.getStart(context.file)
  if (link.isLast) writer.insert(`${context.name('chain')}(`, start)
  if (link.kind === 'first') writer.insert(`${context.name('chain')}.value = ${opensAround(context, link)}`, start)
  return link.kind !== 'first'
}

/** The text before the operators that are nested around one: a call of a helper begins before its first operand. */
function opensAround(context: LowerContext, { around }: FlatLink): string {
  const opens = around.map(each => {
    const resolution = context.resolutionOf(each)
    return resolution.kind === 'method' ? '' : dispatchOpen(context, 'dispatchBinary', each.key, resolution)
  })
  return opens.join('')
}

function closeLink(context: LowerContext, site: BinarySite, link: FlatLink, writer: Writer, emit: Emit): void {
  const { file, name } = context
  const { left, operatorToken, right } = site.node
  const { start, end } = operatorSpan(site, file)
  const resolution = context.resolutionOf(site)
  const isCall = resolution.kind === 'method'
  if (link.kind === 'later') {
    const value = `${name('chain')}.value`
    const own = isCall ? '' : dispatchOpen(context, 'dispatchBinary', site.key, resolution)
    writer.insert(`, ${value} = ${opensAround(context, link)}${own}${value}`, start, end)
  }
  copyGap(file, left.end, operatorToken.getStart(file), writer)
  writer.insert(isCall ? `${member(resolution.method)}(` : ', ', start, end)
  copyGap(file, end, right.getStart(file), writer)
  emit(right)
  writer.insert(link.isLast ? '))' : ')', right.end)
}

/** The method that an operator calls. */
const methodOf = ({ resolutionOf }: LowerContext, site: Site) => (resolutionOf(site) as { method: string }).method

// ---- text

export function textOpen({ stringIsHidden }: LowerContext, at: ts.Node): string {
  return stringIsHidden(at) ? '`${' : 'String('
}
export function textClose({ stringIsHidden }: LowerContext, at: ts.Node): string {
  return stringIsHidden(at) ? '}`' : ')'
}

function closeText(
  context: LowerContext,
  site: BinarySite,
  operand: 'left' | 'right',
  writer: Writer,
  emit: Emit,
): void {
  const { left, right } = site.node
  if (operand === 'left') writer.insert(textClose(context, left), left.end)
  writer.copy(left.end, right.getStart(context.file))
  if (operand === 'right') writer.insert(textOpen(context, right), right.getStart(context.file))
  emit(right)
  if (operand === 'right') writer.insert(textClose(context, right), right.end)
}

// ---- signs and Math

export function writeUnary(
  context: LowerContext,
  site: Extract<Site, { form: 'unary' }>,
  writer: Writer,
  emit: Emit,
): void {
  const { file } = context
  const { operand } = site.node
  const { start, end } = operatorSpan(site, file)
  const comments = commentsBetween(file, end, operand.getStart(file))
  const resolution = context.resolutionOf(site)
  if (resolution.kind === 'dispatch') {
    writer.insert(dispatchOpen(context, 'dispatchUnary', site.key, resolution), start, end)
    writeComments(file, comments, writer)
    emit(operand)
    writer.insert(')', site.node.end)
    return
  }
  writeReceiver(context, operand, comments, writer, emit)
  writer.insert(`${member(methodOf(context, site))}()`, start, end)
}

export function writeMath(
  context: LowerContext,
  site: Extract<Site, { form: 'math' }>,
  writer: Writer,
  emit: Emit,
): void {
  const { ts, file } = context
  const { node } = site
  const { start, end } = operatorSpan(site, file)
  const [first, ...rest] = node.arguments as readonly ts.Expression[] as readonly [ts.Expression, ...ts.Expression[]]
  const resolution = context.resolutionOf(site)
  const comments = commentsBetween(file, node.getStart(file), first.getStart(file))
  if (isReflectedCall(context, site)) return writeReflectedMath(context, site, comments, writer, emit)
  const isFold = resolution.kind === 'fold' && !isDispatched(ts, site, resolution)
  const isCall = resolution.kind === 'method' || isFold
  if (isCall) writeReceiver(context, first, comments, writer, emit)
  else {
    const helper = resolution.kind === 'fold' ? 'foldMath' : 'dispatchMath'
    writer.insert(dispatchOpen(context, helper, site.name, resolution), start, end)
    writeComments(file, comments, writer)
    emit(first)
  }
  if (isCall && rest.length === 0) writer.insert(`${member(resolution.method)}(`, start, end)
  for (const [i, argument] of rest.entries()) {
    const comma = afterBlank(file, node.arguments[i]!.end)
    copyGap(file, node.arguments[i]!.end, comma, writer)
    if (isFold && i > 0) writer.insert(')', comma, comma + 1)
    if (isCall && (isFold || i === 0)) writer.insert(`${member(resolution.method)}(`, start, end)
    else writer.insert(', ', comma, comma + 1)
    copyGap(file, comma + 1, argument.getStart(file), writer)
    emit(argument)
  }
  copyGapWithoutComma(file, node.arguments.at(-1)!.end, node.end - 1, writer)
  writer.insert(')', node.end)
}

/** `Math.max(1, a)` is `a.rmax(1)`: the comments around the first argument stay with it. */
function writeReflectedMath(
  context: LowerContext,
  site: Extract<Site, { form: 'math' }>,
  comments: readonly Span[],
  writer: Writer,
  emit: Emit,
): void {
  const { file } = context
  const { node } = site
  const { start, end } = operatorSpan(site, file)
  const [first, second] = node.arguments as readonly ts.Expression[] as readonly [ts.Expression, ts.Expression]
  const comma = afterBlank(file, first.end)
  writeReceiver(context, second, commentsBetween(file, comma, second.getStart(file)), writer, emit)
  writer.insert(`${member(methodOf(context, site))}(`, start, end)
  writeComments(file, comments, writer)
  writer.copy(first.getStart(file), first.end)
  copyGap(file, first.end, comma, writer)
  copyGapWithoutComma(file, second.end, node.end - 1, writer)
  writer.insert(')', node.end)
}
