/** Runs random structured programs with the derivatives of their functions. It must not know what is expected. */
import ts from 'typescript'
import { derivativesText } from '../../transformer/build/derivatives.ts'
import { type Derived, deriveFile } from '../../transformer/derivative/derive.ts'
import { allSettings, type DerivativeSettings } from '../../transformer/derivative/planned/settings.ts'
import { programOf, run } from '../compile.ts'
import type { StructuredProgram } from './structured-programs.ts'

/** A text with derivatives in it, without the checks of a build. */
function withDerived(text: string, derived: readonly Derived[]): string {
  const written = derived.toReversed().reduce((before, { argument, texts }) => {
    const [start, { end }] = [argument.getStart(), argument]
    return `${before.slice(0, start)}differentiable(${before.slice(start, end)}${derivativesText(texts)}${before.slice(end)}`
  }, text)
  return `import { differentiable } from 'tsgrad'\n${written}`
}

/** The text of programs, each with these verbs of it. */
export const textOfPrograms = (programs: readonly StructuredProgram[], verbs: readonly string[], head = ''): string =>
  [
    `import { ${verbs.join(', ')} } from 'tsgrad'`,
    `interface Parameters { u: number; w: number[] }\n${head}`,
    ...programs.flatMap(({ name, numbers }) => [
      numbers,
      ...verbs.map(verb => `export const ${name}_${verb} = ${verb}(${name})`),
    ]),
  ].join('\n')

type Run = (...args: readonly unknown[]) => unknown

/** The programs themselves, or by verbs. @throws Error for a program that is not derived. */
export const programsRun = (programs: readonly StructuredProgram[], verbs: readonly string[]) =>
  programsOf(programs, verbs)(allSettings)

/** The same, for each choice of analyses; `head` stands before the functions. */
export function programsOf(programs: readonly StructuredProgram[], verbs: readonly string[], head = '') {
  const text = textOfPrograms(programs, verbs, head)
  const { program } = programOf({ 'main.ts': text })
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/main.ts'))!
  return (settings: DerivativeSettings) => {
    const { derived, refused } = deriveFile(ts, program.getTypeChecker(), file, settings)
    if (refused.length > 0)
      throw new Error(refused.map(({ entry, args, node }) => `${entry.text} ${args}: ${node.getText()}`).join('\n'))
    const made = run(withDerived(text, derived)) as Record<string, Run>
    return ({ name }: StructuredProgram, verb?: string): Run => made[verb === undefined ? name : `${name}_${verb}`]!
  }
}
