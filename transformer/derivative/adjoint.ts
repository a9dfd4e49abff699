/**
 * The text of a derivative: the function itself, which keeps the partial of each operation, and the same backwards, which adds up.
 * Everything that is read backwards was kept, so memory that is written again needs no care. It must not know TypeScript's trees.
 *
 * An adjoint is -0 as long as nothing arrived, as on the tape (runtime/engine/node.ts). Source: Griewank & Walther, "Evaluating
 * Derivatives", 2008, chapter 3 (reverse mode) and section 4.2 (what is kept).
 */

import { backwardLines } from './backward.ts'
import { forwardLines } from './forward.ts'
import { memoryOf } from './memory.ts'
import { createNames } from './names.ts'
import { allOf, type StructuredFunction, type Variable, withoutUnused } from './structured.ts'
import { operand, type Writing } from './writing.ts'

/** The arrow `($, x) => { … }`. `taken` are the names that it must leave to what it reads from outside. */
export function adjointText(entered: StructuredFunction, taken: Iterable<string>, indent: string): string {
  const f = withoutUnused(entered)
  const writing: Writing = { memory: memoryOf(f), stable: stableIn(f), ...createNames(taken) }
  const { memory, name, adjoint, shadow } = writing
  const parameters = f.parameters.map(name)
  const forward = forwardLines(writing, f.body)
  const backward = backwardLines(writing, f.body)
  const own = new Set([...allOf(f.body)].flatMap(each => ('target' in each ? [each.target] : [])))
  const locals = [...own].flatMap(each => [
    name(each),
    ...(each.kind === 'reference' && memory.isShadowed(each) ? [shadow(each)] : []),
  ])
  const adjoints = [...own]
    .filter(each => each.kind === 'scalar' && memory.isActive(each))
    .map(each => `${adjoint(each)} = -0`)
  const declared = [...locals, ...adjoints.map(each => each.split(' ')[0]!)]
  const gradients = f.parameters.map(each => (each.kind === 'scalar' ? adjoint(each) : shadow(each)))
  const isActive = memory.isActive(f.result)
  const run = withoutUnread(
    [...forward, ...(isActive ? [`${adjoint(f.result as Variable)} = 1`, ...backward] : [])],
    declared,
    [operand(writing, f.result), ...gradients],
  )
  const text = run.join('\n')
  const keeps = /\bT\[/.test(text)
  const isRead = (each: string) => mentions(each.split(' ')[0]!).test(text)
  const lines = [
    ...f.parameters.map((each, i) => `let ${gradients[i]}: any = $.zeros(${name(each)})`),
    ...declaration(locals.filter(isRead).map(each => `${each}: any`)),
    ...declaration(adjoints.filter(isRead)),
    ...(keeps ? ['let T = $.tape(), sp = 0'] : []),
    ...(/\bR\.p/.test(text) ? ['const R: any[] = []'] : []),
    ...run,
    ...(keeps ? ['$.free(T)'] : []),
    `return [${operand(writing, f.result)}, $.settled([${gradients.join(', ')}]) as any]`,
  ]
  const typed = ['$: any', ...parameters.map(each => `${each}: any`)]
  return `(${typed.join(', ')}) => {\n${lines.map(each => `${indent}  ${each}`).join('\n')}\n${indent}}`
}

const declaration = (names: readonly string[]) => (names.length > 0 ? [`let ${names.join(', ')}`] : [])
const mentions = (name: string) => new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`)

/** The lines without those that assign what no other line reads. */
function withoutUnread(
  lines: readonly string[],
  declared: readonly string[],
  read: readonly string[],
): readonly string[] {
  const isAssigned = (line: string) => /^\s*(?:if \([^{]*\) )?([\p{ID_Continue}$]+) (?:\+)?= /u.exec(line)?.[1]
  for (let kept = lines; ; ) {
    const others = new Map<string, string[]>()
    for (const line of kept)
      for (const name of new Set(line.match(/[\p{ID_Continue}$]+/gu)))
        others.set(name, [...(others.get(name) ?? []), line])
    const unread = new Set(
      declared.filter(
        name => !read.includes(name) && (others.get(name) ?? []).every(line => isAssigned(line) === name),
      ),
    )
    const next = kept.filter(line => !unread.has(isAssigned(line) ?? ''))
    if (next.length === kept.length) return kept
    kept = next
  }
}

/** Variables whose value at the end is the only one: no key and no shadow of them must be kept. */
function stableIn({ parameters, body }: StructuredFunction): ReadonlySet<Variable> {
  const writes = new Map<Variable, number>()
  for (const each of allOf(body)) if ('target' in each) writes.set(each.target, (writes.get(each.target) ?? 0) + 1)
  const outermost = body.flatMap(each => ('target' in each && writes.get(each.target) === 1 ? [each.target] : []))
  return new Set([...parameters, ...outermost])
}
