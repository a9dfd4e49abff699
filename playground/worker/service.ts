/**
 * Answers the page's questions about a text. One project is kept, so that only the user's file is parsed again.
 * It must not know that it runs in a worker.
 */
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { type Analysis, analyse } from './analysis.ts'
import { compiled } from './compile.ts'
import { completions } from './complete.ts'
import { hintAt } from './hint.ts'
import type { Questions } from './messages.ts'
import { createProject, type Texts } from './project.ts'

export function createService(ts: TypeScript, texts: Texts): Questions {
  const project = createProject(ts, texts)
  let analysis: Analysis | undefined
  return {
    compile(text) {
      const start = performance.now()
      analysis = analyse(ts, project, text)
      const result = compiled(analysis)
      return { ...result, milliseconds: performance.now() - start }
    },
    hint: position => analysis && hintAt(analysis, position),
    complete: (text, position) => completions(ts, project, text, position),
  }
}
