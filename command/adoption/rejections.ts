/**
 * Finds the operators to undo: those that are not lowered to their call, and those that change the program otherwise.
 * It must not know how texts are written.
 */
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import type { InternalFile } from '../../transformer/compiler/undocumented.ts'
import { isDispatched } from '../../transformer/meaning/order.ts'
import type { ResolvedOperator } from '../../transformer/meaning/resolved-operator.ts'
import { operatorSpan } from '../../transformer/syntax/syntax.ts'
import type { LoweredProgram } from '../../transformer/transform.ts'
import type { Offer } from './calls.ts'
import { around, type Draft } from './draft.ts'
import { differences } from './same-tree.ts'

/** A program before and after operators were adopted, both lowered. */
export interface Trial {
  readonly ts: TypeScript
  readonly before: LoweredProgram
  readonly after: LoweredProgram
}

const none: ReadonlySet<Offer> = new Set()

/** The offers of a file whose operators are not lowered to their calls. */
export function rejectedByLowering(trial: Trial, draft: Draft): ReadonlySet<Offer> {
  const { ts, before, after } = trial
  const { original, offers, mapped } = draft
  if (offers.length === 0) return none
  const explained = after.files.find(file => file.original.fileName === original.fileName)
  const positions = (places: readonly { start: number }[]) =>
    new Set(places.flatMap(({ start }) => around(ts, draft, mapped.toOriginal({ start, length: 1 }).start)))
  if (!explained) {
    const file: InternalFile = after.program.getSourceFile(original.fileName)!
    return file.parseDiagnostics?.length ? positions(file.parseDiagnostics) : new Set(offers)
  }
  const byName = new Map<number, ResolvedOperator>()
  for (const resolved of explained.operators) {
    const { start, end } = operatorSpan(resolved.site, explained.original)
    byName.set(mapped.toOriginal({ start, length: end - start }).start, resolved)
  }
  const rejected = offers.filter(offer => {
    const resolved = byName.get(offer.node.expression.name.getStart(original))
    return !resolved || !meansCall(ts, resolved, offer)
  })
  if (rejected.length > 0) return new Set(rejected)
  // no single operator is the cause
  const [was, is] = [before, after].map(({ program }) => program.getSourceFile(original.fileName)!)
  const lowered = before.files.find(file => file.original === original)?.mapped
  const starts = differences(ts, was!, is!).map(node => node.getStart(was))
  return new Set(
    starts.flatMap(start => around(ts, draft, lowered ? lowered.toOriginal({ start, length: 1 }).start : start)),
  )
}

function meansCall(ts: TypeScript, { site, resolution, fault }: ResolvedOperator, offer: Offer): boolean {
  const [way] = offer.ways
  if (fault || (resolution.kind !== 'method' && resolution.kind !== 'reflected')) return false
  return (
    site.key === way!.key &&
    (resolution.kind === 'reflected') === way!.isReflected &&
    resolution.method === offer.node.expression.name.text &&
    !isDispatched(ts, site, resolution)
  )
}

/** The offers of a file near its errors, if it has more errors than before. */
export function rejectedByDiagnostics({ ts, before, after }: Trial, draft: Draft): ReadonlySet<Offer> {
  const { original, offers, mapped } = draft
  if (offers.length === 0) return none
  const diagnosticsIn = ({ program, files }: LoweredProgram) => {
    const file = files.find(each => each.original.fileName === original.fileName)?.original
    return program.getSemanticDiagnostics(file ?? program.getSourceFile(original.fileName))
  }
  const [was, is] = [diagnosticsIn(before), diagnosticsIn(after)]
  if (is.length <= was.length) return none
  const starts = is.map(({ start }) => mapped.toOriginal({ start: start!, length: 1 }).start)
  return new Set(starts.flatMap(start => around(ts, draft, start)))
}
