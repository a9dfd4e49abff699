/**
 * The catalogue of tsgrad's own messages: each code and text stands here once. docs/errors.md is generated from it.
 * It must not know how a fault is found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

export interface CatalogueEntry {
  readonly code: number
  /** `{0}`, `{1}` … are filled in. */
  readonly text: string
  /** What it means and what to do, for the documentation. */
  readonly advice: string
}

/** 91xxx: syntax that is refused. 92xxx: operators and types. 93xxx: configuration. 99xxx: faults of tsgrad itself. */
export const catalogue = {
  spreadArgument: {
    code: 91001,
    text: '`{0}` with a spread argument is not supported on {1}. Reduce the array: `xs.reduce((u, v) => {0}(u, v))`.',
    advice: 'How many arguments a spread gives is known at run time only. Reduce the array with the two-argument form.',
  },
  dispatchInScript: {
    code: 91002,
    text: '`{0}` on {1} is written with a function that must be imported, and this file is not a module. Add `export {}`.',
    advice:
      'A file without any import or export is a script, and an inserted import would turn it into a module. Add `export {}` to say that it is one.',
  },
  assertedTarget: {
    code: 91003,
    text: '`{0}` cannot change {1} through a type assertion. Assign the asserted object to a variable first.',
    advice:
      'The target of a compound assignment or a step is written as it stands, and an assertion cannot stand on the left of `=` twice.',
  },
  operatorNotNamed: {
    code: 92001,
    text: '`{0}` is not defined for {1}. {2}',
    advice:
      'No class among the operands names this operator in its `[operators]` table, or the one that does stands on the side where it has no method (`2 * v` needs an entry under `reflected`).',
  },
  operandsDoNotFit: {
    code: 92002,
    text: '`{0}` cannot take operands of type {1}.',
    advice:
      'The operator is decided at run time, because an operand may be a number or an object, and for one of the combinations neither the class nor JavaScript has a meaning.',
  },
  differentMethods: {
    code: 92003,
    text: "`{0}` means different methods ({1}) for the parts of type '{2}'. Narrow the operand first.",
    advice:
      'An operand is a union of classes which name different methods for the same operator. Which one is meant can only be told after narrowing.',
  },
  noSuchMethod: {
    code: 92004,
    text: "The operator table gives `{0}` the method '{1}', {2} in {3}.",
    advice: 'Each entry of an `[operators]` table is the name of a method of the class itself.',
  },
  chainTooLong: {
    code: 92005,
    text: 'A chain of {0} operators on {1} is too long for TypeScript to check. Give its parts names: `const part = …`.',
    advice:
      "TypeScript's checker goes down a chain of method calls recursively and overflows its stack. A chain of more than 200 operators is written without such nesting if all of them, from the first one on an object, give the same type; this one changes its type on the way. Sum in a loop, or name parts of the expression.",
  },
  possiblyAbsent: {
    code: 92006,
    text: "An argument of `{0}` is possibly 'null' or 'undefined': its type is '{1}'.",
    advice:
      'What TypeScript says of a value that may be missing, where the operator is decided at run time. Check for the value first.',
  },
  notUnderstood: {
    code: 92007,
    text: '`{0}` does not mean what it was taken for: its operands are of type {1}. Give them variables with a type.',
    advice:
      'The types that the operands have in the compiled program are not those that they seemed to have when the operator was looked for, and looking again did not help. Variables with type annotations do.',
  },
  noSuchOperator: {
    code: 92008,
    text: 'The operator table{0} has an entry `{1}`, which is not an operator. Operators are {2}.',
    advice:
      'The keys of an `[operators]` table are operators; any other key would never be used. `+=` and `++` use `+`, and `--` uses `-`. An object on the right is asked under `reflected`, where signs have no meaning.',
  },
  circular: {
    code: 92009,
    text: "What `{0}` gives comes back to its own operand, so that TypeScript cannot find out its type. Give '{1}' a type annotation.",
    advice:
      "This line stands under TypeScript's own error TS7022. In a loop, a variable without a type annotation takes the type of the operator's result, and that depends on the variable. With an annotation (`const next: Numeric = x * a`) nothing depends on itself.",
  },
  severalRuntimes: {
    code: 93001,
    text: 'Two copies of tsgrad are part of this program: {0} and {1}. Their operator tables do not know each other.',
    advice: 'Make the dependency tree hold one copy of tsgrad (`npm ls tsgrad`, then `npm dedupe`).',
  },
  unsupportedCompiler: {
    code: 93002,
    text: 'TypeScript {0} is not supported: tsgrad works with TypeScript 5.9 and 6.',
    advice: 'Install a supported version of TypeScript. TypeScript 7 has no transformers.',
  },
  noInterface: {
    code: 93011,
    text: 'TypeScript {0} has no interface for JavaScript, which the plugins for bundlers need. Install TypeScript 6 in its place, `npm install --save-dev typescript@6`, or beside it, `npm install --save-dev @typescript/typescript6`.',
    advice:
      'TypeScript 7 is native, and bundlers run in JavaScript. The plugins take TypeScript 5.9 or 6 from the package `typescript`, or, where that is TypeScript 7, from `@typescript/typescript6`; your own commands may go on with TypeScript 7.',
  },
  noCompiler: {
    code: 93012,
    text: 'There is no TypeScript to be found from {0}, which the plugins for bundlers need. Install it: `npm install --save-dev typescript@6`.',
    advice:
      'What an operator means follows from types, so that a compiler is needed. TypeScript 5.9 and 6 are supported.',
  },
  reachedSince: {
    code: 93013,
    text: '{0} can reach tsgrad, and nothing could when the build began. Start it again; if it says so then, list the file in a tsconfig.json.',
    advice:
      'A build in which nothing can reach tsgrad goes on without the plugin, so that it costs little. Whether that is so is looked up in the texts of the project: the files that its `tsconfig.json` lists and those that they import.',
  },
  nodeWithoutTypes: {
    code: 93021,
    text: 'Node {0} cannot run TypeScript by `--import tsgrad/register`. Take Node 22.18 or later (22.15 and later with `--experimental-strip-types`), or compile with `npx tspc` and run what it writes.',
    advice:
      'Files are lowered by module hooks, which Node has from 22.15 on, and Node takes the types out, which it does from 22.18 on without being asked.',
  },
  asynchronousTransformer: {
    code: 93022,
    text: "Jest's transformer '{0}' {1}, and tsgrad/jest cannot wait for that.",
    advice:
      'The transformer named under `then` has to be made, and to work, without promises, as babel-jest, ts-jest, @swc/jest and esbuild-jest do.',
  },
  keptInMemory: {
    code: 93023,
    text: 'Other files have changed what operators in {0} mean, and Jest runs what it keeps in memory of it. Start Jest again.',
    advice:
      'Jest reads a file again only when the file itself has changed, where it watches and runs tests in its own process. A test process of its own, or a new start, reads all anew.',
  },
  internal: {
    code: 99001,
    text: 'tsgrad failed here, so nothing was compiled. This is a fault of tsgrad, please report it.\n{0}',
    advice: 'A fault of tsgrad itself. The build stops, because untransformed code would compute something else.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** A diagnostic of tsgrad, in the original file. */
export function diagnostic(
  ts: TypeScript,
  entry: CatalogueEntry,
  file: ts.SourceFile | undefined,
  { start, end }: { start: number; end: number },
  ...args: readonly string[]
): ts.Diagnostic {
  return {
    category: ts.DiagnosticCategory.Error,
    code: entry.code,
    source: 'tsgrad',
    file,
    start: file && start,
    length: file && end - start,
    messageText: filled(entry.text, args),
  }
}

/** A message of the catalogue that has no place, as the compiler says it. */
export const stated = ({ code, text }: CatalogueEntry, ...args: readonly string[]): string =>
  `error TS${code}: ${filled(text, args)}`

/** A text with its arguments in their places. */
export function filled(text: string, args: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => args[Number(index)] ?? '')
}
