/**
 * The plugin for editors, `{ "name": "tsgrad/tsserver" }` in `plugins`: it wraps the language service of a project.
 * It must hold no logic of its own.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { actionMethods } from './actions.ts'
import { createAsking, type Service } from './asking.ts'
import { diagnosticMethods } from './diagnostics.ts'
import { navigationMethods } from './navigation.ts'
import { createEditorProject } from './project.ts'
import { viewMethods } from './views.ts'

/** The function that tsserver calls; it returns the language service that tsserver uses from then on. */
export default function init({ typescript }: { typescript: TypeScript }): ts.server.PluginModule {
  return {
    create: ({ languageService, languageServiceHost }) =>
      isDecorated(languageService) ? languageService : decorated(typescript, languageService, languageServiceHost),
  }
}

/** A project may name the plugin that an extension of the editor brings too; a second one would keep its programs beside the first one's. */
const isDecorated = (service: Service) => MARK in service
/** A method's name, since other plugins that wrap a service hand its methods on. */
const MARK = 'knowsOperators'

/** A language service that understands operators, around one that does not. */
function decorated(
  ts: TypeScript,
  inner: Service,
  host: ts.LanguageServiceHost,
): Service & { readonly [MARK]: () => boolean } {
  const project = createEditorProject(ts, host, () => inner.getProgram()!)
  const asking = createAsking(ts, inner, project)
  return {
    ...inner,
    ...diagnosticMethods(asking),
    ...viewMethods(asking),
    ...navigationMethods(asking),
    ...actionMethods(asking),
    [MARK]: () => true,
    getProgram() {
      // every new program is inspected, since modules may be resolved again in any of them
      project.now()
      return inner.getProgram()
    },
  }
}
