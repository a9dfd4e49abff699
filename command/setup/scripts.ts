/**
 * The scripts of package.json that call the compiler, so that they call tsgrad.
 * It must not know files.
 */

export interface CompiledProjects {
  /** Their tsconfig.json files, from the folder; several where tsconfig.json only refers to them. */
  readonly names: readonly string[]
  /** None of them emits. */
  readonly areCheckedOnly: boolean
  /** TypeScript 7 compiles them, one at a time. */
  readonly areNative: boolean
}

/** A call of tsc where a command of a script begins, with its arguments. */
const CALL = /(?<=^|&& ?|\|\| ?|; ?)(?:npx )?tsc(?![\w-])((?: (?!&&|\|\|)[^\s;&|]+)*)/g

/** What a script becomes; the same text where it does not call the compiler. */
export const rewrittenScript = (script: string, projects: CompiledProjects): string =>
  script.replace(CALL, (call: string, args: string) => rewrittenCall(call, args, projects))

function rewrittenCall(call: string, text: string, { names, areCheckedOnly, areNative }: CompiledProjects): string {
  const args = text.split(' ').filter(arg => arg !== '')
  const isBuild = args.some(arg => BUILD.test(arg))
  // they print, and compile nothing
  if (args.some(arg => /^--?(init|version|v|help|h|all|showConfig)$/i.test(arg))) return call
  const rest = args.filter(arg => !/^--noEmit$/i.test(arg) && !BUILD.test(arg))
  const isCheck = areCheckedOnly || rest.length + (isBuild ? 1 : 0) < args.length
  const isOfReferences = names.length > 1 && !rest.some(arg => /^--?p(roject)?$/i.test(arg) || !arg.startsWith('-'))
  if (areNative && isOfReferences)
    return names.map(name => ['tsgrad', isCheck ? 'check' : 'build', '-p', name, ...rest].join(' ')).join(' && ')
  // a check of a file that only refers to projects checks these
  const build = isBuild && !(isCheck && isOfReferences) && !(areNative && names.length === 1) ? ['-b'] : []
  return ['tsgrad', isCheck ? 'check' : 'build', ...build, ...rest].join(' ')
}

const BUILD = /^--?b(uild)?$/i
