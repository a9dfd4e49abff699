/**
 * Sources that other plugins make, which have no file: they are compiled like files of the root, and errors are told of their ids.
 * It must not know the host.
 */
import type { FileName } from '../../program/file-names.ts'
import type { LoweredModule, OnDemand } from '../on-demand.ts'
import type { HostDiagnostic } from './host-diagnostic.ts'

/** A text as a bundler takes it. */
export const loadedText = (contents: string | Uint8Array): string =>
  typeof contents === 'string' ? contents : Buffer.from(contents).toString('utf8')

export interface MadeUp {
  /** Lowers a module by the name that it has for the compiler. */
  lower(id: string, name: FileName, text: string): LoweredModule | undefined
  /** The module that is compiled by this name. */
  idOf(name: string): string | undefined
}

export function createMadeUp({ lower }: Pick<OnDemand, 'lower'>): MadeUp {
  const ids = new Map<string, string>()
  return {
    lower(id, name, text) {
      ids.set(name, id)
      const found = lower(name, text)
      const told = (each: HostDiagnostic): HostDiagnostic =>
        each.place?.fileName === name ? { ...each, place: { ...each.place, fileName: id.replace('\0', '') } } : each
      return found && { ...found, errors: found.errors.map(told), warnings: (found.warnings ?? []).map(told) }
    },
    idOf: name => ids.get(name),
  }
}
