/**
 * The entry `tsgrad/loader`: a loader in webpack's form, for bundlers that take loaders and no plugins, such as Turbopack.
 * It must hold no logic of its own: on-demand.ts lowers modules.
 */
import { fileNameOf } from '../program/file-names.ts'
import { frame, type HostDiagnostic, message } from './modules/host-diagnostic.ts'
import { createOnDemand, type HostOptions, type OnDemand } from './on-demand.ts'

export type { HostOptions }

/** The members of a loader's `this` that this adapter uses; Turbopack has no others. */
interface LoaderContext {
  readonly resourcePath: string
  getOptions(): HostOptions
  addDependency(fileName: string): void
  emitWarning?(warning: Error): void
  callback(error: Error | null, code?: string, map?: object): void
}

/** A loader has no state but that of its module, and each process of the bundler has a module of its own. */
const byOptions = new Map<string, OnDemand>()

export default function loader(this: LoaderContext, text: string): void {
  const root = process.cwd()
  const options = this.getOptions()
  const key = JSON.stringify(options)
  const onDemand = byOptions.get(key) ?? createOnDemand(options, root)
  byOptions.set(key, onDemand)
  // nobody says what has changed
  onDemand.refresh()
  const found = onDemand.lower(fileNameOf(this.resourcePath, root), text)
  for (const name of found?.watched ?? []) this.addDependency(name)
  for (const each of found?.warnings ?? []) this.emitWarning?.(errorOf([each], root))
  if (found && found.errors.length > 0) this.callback(errorOf(found.errors, root))
  else this.callback(null, found?.output?.code ?? text, found?.output?.map)
}

function errorOf(errors: readonly HostDiagnostic[], root: string): Error {
  const place = errors[0]?.place
  const error = new Error(message(errors, root) + (place ? `\n\n${frame(place)}` : ''))
  // what follows would be tsgrad's own files
  error.stack = ''
  return error
}
