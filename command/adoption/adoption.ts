/**
 * Replaces method calls of a program with operators wherever lowering the operator gives the same call.
 * The real pipeline lowers each try. It must not know where programs come from, nor what is printed.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { type LoweredProgram, lowerProgram } from '../../transformer/transform.ts'
import { type Offer, offersIn } from './calls.ts'
import { around, type Draft, draft } from './draft.ts'
import { rejectedByDiagnostics, rejectedByLowering } from './rejections.ts'

/** A program whose texts can be changed. */
export interface Workspace {
  readonly ts: TypeScript
  /** The host for programs created from this one. */
  readonly host: ts.CompilerHost
  /** The program over the current texts. */
  program(): ts.Program
  setText(fileName: string, text: string): void
}

/** A file with operators in place of some of its calls. */
export interface Adopted {
  readonly original: ts.SourceFile
  readonly text: string
  /** The number of calls that became operators. */
  readonly adopted: number
  /** Positions in the original text of calls that stay although a table names their methods. */
  readonly left: readonly number[]
}

/** From this round on, a rejected operator rejects all operators of its statement. */
const PATIENCE = 6

/** Adopts operators in the wanted files; the workspace then holds the new texts. `onFile` receives the number of files searched so far. */
export function adopt(
  workspace: Workspace,
  isWanted: (file: ts.SourceFile) => boolean,
  onFile: (done: number, all: number) => void = () => {},
): readonly Adopted[] {
  const { ts, host } = workspace
  const program = workspace.program()
  const before = lowerProgram(ts, program, host)
  const search = offersIn(ts, program, before)
  const files = search.files.filter(isWanted)
  const drafts = files.flatMap((file, i) => {
    const offers = search.offers(file)
    onFile(i + 1, files.length)
    return offers.length > 0 ? [draft(ts, file, offers, [])] : []
  })
  return settled(workspace, before, drafts).map(({ original, offers, left, mapped }) => ({
    original,
    text: mapped.text,
    adopted: offers.length,
    left: left.map(({ node }) => node.expression.name.getStart(original)),
  }))
}

/** Lowers all drafts together, undoes the operators that do not give their call, and repeats until none is undone. */
function settled(workspace: Workspace, before: LoweredProgram, first: readonly Draft[]): readonly Draft[] {
  const { ts, host } = workspace
  let drafts = first
  let changed = first
  for (let round = 1; changed.length > 0; round++) {
    for (const { original, mapped } of changed) workspace.setText(original.fileName, mapped.text)
    const after = lowerProgram(ts, workspace.program(), host)
    const trial = { ts, before, after }
    const rejected = new Map(drafts.map(each => [each, rejectedByLowering(trial, each)]))
    if ([...rejected.values()].every(offers => offers.size === 0))
      for (const each of drafts) rejected.set(each, rejectedByDiagnostics(trial, each))
    const next = drafts.map(each => without(ts, each, rejected.get(each)!, round))
    changed = next.filter((each, i) => each !== drafts[i])
    drafts = next
  }
  return drafts
}

function without(ts: TypeScript, from: Draft, rejected: ReadonlySet<Offer>, round: number): Draft {
  if (rejected.size === 0) return from
  const isImpatient = round >= PATIENCE
  const starts = [...rejected].map(({ node }) => node.getStart(from.original))
  const dropped = isImpatient ? new Set(starts.flatMap(start => around(ts, from, start))) : rejected
  const kept: Offer[] = []
  const left: Offer[] = [...from.left]
  for (const offer of from.offers) {
    const ways = offer.ways.slice(isImpatient ? offer.ways.length : 1)
    if (!dropped.has(offer)) kept.push(offer)
    else if (ways.length > 0) kept.push({ ...offer, ways })
    else left.push(offer)
  }
  return draft(ts, from.original, kept, left)
}
