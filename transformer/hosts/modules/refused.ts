/**
 * Lowers a file that a runner imports. What must stop the run is thrown, as text with places.
 * It must not know which runner asks.
 */
import type { FileName } from '../../program/file-names.ts'
import { type CatalogueEntry, stated } from '../../report/diagnostics.ts'
import type { LoweredModule, OnDemand } from '../on-demand.ts'
import { frame, type HostDiagnostic, sentence } from './host-diagnostic.ts'

/** The error that stops a run. Its text has the place and the reason; its stack names the place in the user's file and no file of tsgrad. */
export class RefusedError extends Error {
  constructor(text: string, place?: string) {
    super(text)
    // Bun parses a stack line only if a name precedes the place
    this.stack = place ? `${text}\n\n    at operator (${place})` : text
  }
}

/** @throws RefusedError when operators in the file have errors, or tsgrad fails. */
export function loweredOrRefused(files: OnDemand, fileName: FileName, text: string): LoweredModule['output'] {
  const found = files.lower(fileName, text)
  if (found && found.errors.length > 0) throw refusalFor(found.errors)
  return found?.output
}

/** The error for a message of the catalogue that has no place. */
export function refusal(entry: CatalogueEntry, ...args: readonly string[]): RefusedError {
  return new RefusedError(stated(entry, ...args))
}

/** The error for diagnostics, each with its line. */
export function refusalFor(errors: readonly HostDiagnostic[]): RefusedError {
  const texts = errors.map(each => sentence(each, process.cwd()) + (each.place ? `\n\n${frame(each.place)}` : ''))
  const place = errors.find(each => each.place)?.place
  return new RefusedError(texts.join('\n\n'), place && `${place.fileName}:${place.line}:${place.column + 1}`)
}
