/** Where the methods that stand for operators lead to, by the source maps of what a host gave. It must not know any host. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { fixture } from './fixture.ts'

/** What each inserted name stands for. */
const operatorOf: Readonly<Record<string, string>> = {
  add: '+',
  added: '+',
  sub: '-',
  mul: '*',
  pow: '**',
  div: '/',
  lt: '<',
  scale: '*',
  negated: '-',
  times: '*',
}

export interface Followed {
  readonly name: string
  readonly place: string
  /** It leads to the line of the operator. */
  readonly isRight: boolean
  /** It leads to the operator itself: some printers keep one place for a whole call. */
  readonly isExact: boolean
}

/** Where the methods in a bundle that came from the project lead to. */
export function followed(text: string, map: string): readonly Followed[] {
  const tracer = new TraceMap(map)
  const lines = text.split('\n')
  return lines.flatMap((line, index) =>
    [...line.matchAll(/\.(\w+)\(/g)].flatMap(match => {
      const name = match[1]!
      const operator = operatorOf[name]
      const at = originalPositionFor(tracer, { line: index + 1, column: match.index + 1 })
      const file = Object.keys(fixture).find(each => at.source?.endsWith(each))
      if (!operator || !file || at.line === null) return []
      const original = fixture[file]!.split('\n')[at.line - 1]!
      const isExact = original.startsWith(operator, at.column)
      return [
        { name, place: `${file}:${at.line}:${at.column} ${original}`, isRight: original.includes(operator), isExact },
      ]
    }),
  )
}
