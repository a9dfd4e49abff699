/**
 * The catalogue of tsgrad's own messages: each code with its text. docs/errors.md is generated from it.
 * It must not know how a fault is found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'

export interface CatalogueEntry {
  readonly code: number
  /** The text, with `{0}`, `{1}` … for the arguments. */
  readonly text: string
  /** What it means and what to do, for the documentation. */
  readonly advice: string
}

/**
 * 91xxx: syntax that is refused. 92xxx: operators and types. 93xxx: configuration. 94xxx: functions on plain numbers without a
 * derivative. 99xxx: faults of tsgrad itself.
 */
export const catalogue = {
  spreadArgument: {
    code: 91001,
    text: '`{0}` with a spread argument is not supported on {1}. Reduce the array: `{2}`.',
    advice:
      'The number of arguments in a spread is known only at run time. Reduce the array with the two-argument form. A method with a rest parameter takes a spread behind its object: `Math.max(v, ...vs)` is `v.max(...vs)`.',
  },
  dispatchInScript: {
    code: 91002,
    text: '`{0}` on {1} compiles to a call of an imported function, but this file is a script. Add `export {}` to make it a module.',
    advice:
      'A file without any import or export is a script, and an inserted import would silently turn it into a module. Add `export {}` to make it one yourself.',
  },
  operatorNotNamed: {
    code: 92001,
    text: '`{0}` is not defined for {1}. {2}',
    advice:
      'No class of the operands names this operator in its `[operators]` table, or the class names it only for the other side (`2 * v` needs an entry under `reflected`).',
  },
  operandsDoNotFit: {
    code: 92002,
    text: '`{0}` cannot take operands of type {1}.',
    advice:
      'An operand may be a number or an object, so the method is chosen at run time; for one of the combinations neither the class nor JavaScript defines the operator.',
  },
  differentMethods: {
    code: 92003,
    text: "The classes of the operands name different methods for `{0}`: {1}. Narrow the operand of type '{2}' to one class.",
    advice:
      'The operands may be of several classes, which name different methods for the same operator. Narrow an operand of a union type to one class, for example by `instanceof`.',
  },
  noSuchMethod: {
    code: 92004,
    text: "The operator table names the method '{1}' for `{0}`, but '{1}' {2} {3}.",
    advice: 'Each entry of an `[operators]` table must name a method of the same class.',
  },
  chainTooLong: {
    code: 92005,
    text: 'A chain of {0} operators on {1} is too long for TypeScript to check. Assign parts of it to variables: `const part = …`.',
    advice:
      "TypeScript's checker visits a chain of method calls recursively and overflows its stack. tsgrad writes a chain of more than 200 operators without nesting if all operators, from the first one on an object, have the same result type; in this chain the type changes. Sum in a loop, or assign parts of the expression to variables.",
  },
  possiblyAbsent: {
    code: 92006,
    text: "An argument of `{0}` is possibly 'null' or 'undefined': its type is '{1}'.",
    advice:
      'The method of this operator is chosen at run time, so tsgrad reports what TypeScript reports elsewhere for a value that may be missing. Check the value first.',
  },
  notUnderstood: {
    code: 92007,
    text: 'tsgrad could not determine what `{0}` does on {1}. Assign the operands to variables with type annotations.',
    advice:
      'The operands have other types in the compiled program than those by which tsgrad chose the method, and a second attempt did not change that. Type annotations fix the types before tsgrad looks at the operator.',
  },
  noSuchOperator: {
    code: 92008,
    text: 'The operator table{0} has an entry `{1}`, but `{1}` is not an operator. The operators are {2}.',
    advice:
      'The keys of an `[operators]` table are operators; tsgrad never uses any other key. `+=` and `++` use `+`, and `--` uses `-`. `reflected` holds the operators of an object on the right; signs are not among them.',
  },
  circular: {
    code: 92009,
    text: "The result of `{0}` feeds back into its own operand, so TypeScript cannot infer its type. Give '{1}' a type annotation.",
    advice:
      "This line follows TypeScript's own error TS7022. In a loop, a variable without a type annotation has the type of the operator's result, and that type depends on the variable. A type annotation (`const next: Numeric = x * a`) breaks the circle.",
  },
  neverOperand: {
    code: 92010,
    text: "An operand of `{0}` is of type 'never', which no value has. {1}",
    advice:
      "TypeScript takes 'never' for a number, so the operator would be JavaScript's own and give NaN for an object. An operand has this type where its whole type is ruled out, as behind the last `if` of a union, in an empty array without a type, and where only a callback assigns a variable that starts as null: TypeScript does not see that. Remove code that cannot run, or write the type of the values.",
  },
  sameMethod: {
    code: 92020,
    text: "`{0}` calls '{1}' at run time, which {2} names for it; {3} has a method of that name without naming it. Narrow the operand to one class, for example by `instanceof`.",
    advice:
      'An operand may be of several classes, so the method is chosen at run time, by its name. A class that does not name the operator, but has a method of the same name, would be called as well. Narrow the operand to one class, or name the operator there too.',
  },
  nestCalls: {
    code: 92021,
    text: '`{0}` of these operands calls different methods. Nest the calls: `{1}`.',
    advice:
      'Three or more operands of `Math.max`, `Math.min` and `Math.hypot` are taken two by two, by one method. Here the classes of the operands name different methods, or take each other only from one side. In nested calls each one has its own method.',
  },
  unreadableTable: {
    code: 92022,
    text: "The operator table of {0} {1}, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.",
    advice:
      'tsgrad reads the methods from the type of the table when it compiles. The type must be one object type whose properties are the operators, each with the name of a method as a literal type.',
  },
  tableNotConst: {
    code: 92023,
    text: "The values of the operator table of {0} are of type 'string', so they name no method. Declare the table as a type, `declare readonly [operators]: { … }`, or write `as const` behind it.",
    advice:
      "TypeScript widens `{ '+': 'add' }` to `{ '+': string }`. `declare` makes the table a type, which costs nothing at run time; `as const` keeps the literal types of a value.",
  },
  deadEntry: {
    code: 92024,
    text: 'The entry `{0}` under `reflected` is never used: {1}.',
    advice:
      "A method under `reflected` is asked for operands on the left that do not take the operator themselves. `'text' + v` is always JavaScript's own, an object of the same class takes it by its own entry, and a function of one operand has no left one.",
  },
  mergesWithNothing: {
    code: 92025,
    text: 'The interface {0} merges with no class or interface, so it has none of the methods that its operator table names. Is it at the place of the class that it is meant for?',
    advice:
      'An interface in `declare module` merges with the class of the same name at the same place: the top level of that module, or the namespace in which it exports the class. Look at where the declarations of the library declare the class.',
  },
  entryNamesNothing: {
    code: 92026,
    text: "The entry `{0}` of the operator table of {1} names no method: its type is not one literal. Write the method's name: `'{0}': 'add'`.",
    advice: 'Each entry of a table has the name of one method as a literal type, and is not optional.',
  },
  alwaysTrue: {
    code: 92030,
    text: "The result of `{0}` is an object of type '{1}', and an object is true whatever its value is. Compare it, or test its plain value.",
    advice:
      'A condition is true for every object, also for one that stands for 0 or NaN, so `if (a - b)` always holds. Write the comparison that you mean: `if (a > b)`, or `if ((a - b).num !== 0)` for a tracked number.',
  },
  numberStart: {
    code: 92040,
    text: "'{0}' is a number by its start `{1}`, but `{2}` gives {3}. Write `{4}`.",
    advice:
      "This line follows TypeScript's own error. A variable, a field, a property or an array without a type annotation has the type of its start, here `number`; the result of the operator is no number. Annotate the start: `let s: Numeric = 0`.",
  },
  reduceStart: {
    code: 92041,
    text: "The start `{0}` makes '{1}' a number, but `{2}` gives {3}. Write `{4}`, or leave the start out{5}.",
    advice:
      "This line follows TypeScript's own error. The start of `reduce` is a number, so TypeScript takes the sum for a number. Say what it is, `xs.reduce<Numeric>((s, x) => s + x, 0)`, leave the start out where the array has an element, or call `sum(xs)`.",
  },
  mayBeNumber: {
    code: 92042,
    text: "'{0}' is of type {1}, which may be a number. {2}",
    advice:
      "This line follows TypeScript's own error. A function of `Numeric` takes numbers as well, so it may give one. With a type parameter, `<T extends Numeric>(x: T) => x * x`, its result depends on its argument; or let it take a class only.",
  },
  eachElement: {
    code: 92043,
    text: '`{0}` takes no arrays. Take its elements: `{1}`.',
    advice:
      "This line follows TypeScript's own error, but for a sign, before which TypeScript takes any object. Operators and functions of Math take one number; map the array.",
  },
  ownResult: {
    code: 92044,
    text: 'An operator on {0} gives a type of its own, not {0}. Leave the annotation out, or write the type that all of them have, such as `Numeric`.',
    advice:
      "This line follows TypeScript's own error. `T` may be a subtype, or one literal such as `2`; a product is of the class that the method gives. Without an annotation TypeScript infers the result.",
  },
  circularFunction: {
    code: 92045,
    text: "The result of `{0}` depends on what '{1}' returns, so TypeScript cannot infer it. Give '{1}' a return type.",
    advice:
      "This line follows TypeScript's own error TS7023 or TS7024. A function that calls itself needs a return type where an operator's operand is its own result: `function power(n: number): NumberWithGrad`.",
  },
  noNumber: {
    code: 92046,
    text: '`{0}` gives {1}, which is more than a number. Write that type instead of `number`, or take the value out of it.',
    advice:
      "This line follows TypeScript's own error. The annotation says `number`, and the result of the operator is an object or may be one. Write its type, or `Numeric`; the value of a tracked number is `x.num`.",
  },
  severalRuntimes: {
    code: 93001,
    text: 'This program contains two copies of tsgrad: {0} and {1}. Each copy ignores the operator tables of the other. Install one copy (`npm dedupe`).',
    advice:
      'The dependency tree must contain one copy of tsgrad: `npm ls tsgrad` lists the copies, and `npm dedupe` merges them where their versions allow it.',
  },
  unsupportedCompiler: {
    code: 93002,
    text: 'The tsgrad transformer does not support TypeScript {0}. Install TypeScript 5.9 or 6: `npm install --save-dev typescript@6`.',
    advice: 'TypeScript 7 has no transformers: compile with `tsgrad build` there, or install TypeScript 5.9 or 6.',
  },
  noInterface: {
    code: 93011,
    text: 'TypeScript {0} has no JavaScript API, which bundler plugins need. Install TypeScript 6 instead, `npm install --save-dev typescript@6`, or beside it, `npm install --save-dev @typescript/typescript6`.',
    advice:
      'TypeScript 7 is a native program, and bundlers run in JavaScript. The plugins load TypeScript 5.9 or 6 from the package `typescript` or, if that is TypeScript 7, from `@typescript/typescript6`; your own commands can keep using TypeScript 7.',
  },
  noCompiler: {
    code: 93012,
    text: 'The packages of {0} do not include TypeScript, which bundler plugins need. Install it: `npm install --save-dev typescript@6`.',
    advice: 'tsgrad chooses methods by the types of operands, so it needs a compiler: TypeScript 5.9 or 6.',
  },
  reachedSince: {
    code: 93013,
    text: '{0} was compiled without tsgrad, because no text of its project mentioned tsgrad when this build started, but the build uses it. Restart the build; if the error remains, add a comment `// tsgrad` to tsconfig.json.',
    advice:
      'If no text of a project mentions tsgrad, tsgrad loads no compiler and changes no file. The texts are `tsconfig.json`, the TypeScript files in its folder, and the package.json of every installed package. If tsgrad turns up later, files compiled before may contain operators that were not rewritten, so the build fails.',
  },
  oldTool: {
    code: 93014,
    text: '{0} needs {1} {2} or later, and {3} is installed. Update it: `npm install --save-dev {1}@latest`.',
    advice:
      'package.json allows every release of the tools that tsgrad integrates with, so that an installation never fails because of a part that you do not use. Each part checks its tool when it is loaded.',
  },
  typesRemoved: {
    code: 93015,
    text: 'An earlier plugin removed the types of this file, and tsgrad needs them. tsgrad must run before it; a plugin that compiles the files itself, such as @rollup/plugin-typescript, cannot be used: use one that only removes types, such as rollup-plugin-esbuild.',
    advice:
      'tsgrad chooses methods by types, so it must get the TypeScript as you wrote it. Put `tsgrad()` first in `plugins`. `@rollup/plugin-typescript` and `rollup-plugin-typescript2` read and compile the files themselves, before any other plugin: rollup-plugin-esbuild, or a plugin with SWC or Babel, only removes the types of what tsgrad gives it.',
  },
  componentMath: {
    code: 93016,
    text: 'Natural math in this place of a {0} file is not compiled. Move it to a function in a .ts module, and call that.',
    advice:
      "In Vite, the operators of a class are compiled in the scripts and templates of Vue, Svelte and Astro. Where a template has no place for the compiled call, as in an attribute whose quotes it would end, and in other bundlers, they would be JavaScript's: text or NaN. So the build stops. Write a function in a .ts module: `export const doubled = (v: Vec) => v * 2`.",
  },
  declarationsOfOthers: {
    code: 93017,
    text: "The plugin '{0}' writes declarations from the files as they are on the disk, where the results of operators on classes have wrong types. Remove it, and let tsgrad write them: `tsgrad({ declarations: 'types' })`.",
    advice:
      "vite-plugin-dts, unplugin-dts, rollup-plugin-dts and the option `dts` of tsdown read the files themselves, and a bundler cannot give them others: `line = a * 4` would be declared as a `number`. `tsgrad({ declarations: 'types' })`, and `tsgrad build --declaration --emitDeclarationOnly --outDir types`, write the right declarations; rollup-plugin-dts can bundle these, in a configuration of its own with `types/index.d.ts` as the input.",
  },
  componentUnread: {
    code: 93018,
    text: 'A {0} component may hold natural math, and {1}, which reads it, is not installed: `npm install --save-dev {1}`.',
    advice:
      'The project uses tsgrad. To find operators in a component, tsgrad asks the language tools of its framework for the types in its script and template.',
  },
  noProject: {
    code: 93019,
    text: 'There is no tsconfig.json in {0} or above it. Write one with `npx tsgrad init --write`, or paste: { "compilerOptions": { "target": "es2023", "module": "preserve", "strict": true, "rootDir": "src", "outDir": "out" }, "include": ["src"] }',
    advice:
      'tsgrad chooses methods by types, and types depend on the options of a project. `"module": "preserve"` suits bundlers; a program for Node that `tsgrad build` compiles has `"nodenext"`.',
  },
  nodeWithoutTypes: {
    code: 93021,
    text: 'Node {0} cannot run TypeScript by itself. Use Node 22.18 or later (22.15 or later with `--experimental-strip-types`), or tsx: `npx tsx --import tsgrad/register src/main.ts`; or compile with `npx tsgrad build` and run the output.',
    advice:
      'tsgrad writes the method calls, and Node removes the types, by default since 22.18. On an older Node, tsx removes them: `npm install --save-dev tsx`.',
  },
  asynchronousTransformer: {
    code: 93022,
    text: "Jest's transformer '{0}' {1}, but tsgrad/jest needs a synchronous one.",
    advice:
      'Name a transformer under `then` that is created and works synchronously, such as babel-jest, ts-jest, @swc/jest or esbuild-jest.',
  },
  keptInMemory: {
    code: 93023,
    text: 'A change in another file changed the meaning of operators in {0}, but Jest still runs its cached version. Restart Jest.',
    advice:
      'When Jest watches and runs tests in its own process, it reads a file again only if the file itself has changed. Separate test processes, and a restart, read all files again.',
  },
  madeUpModule: {
    code: 93024,
    text: 'The module {0} uses tsgrad, but it has no file, so it belongs to no project and is not compiled. Write it to a file.',
    advice:
      'Another plugin made the text of this module. Operators are compiled by the types of a project, whose modules are files.',
  },
  workerWithoutPreload: {
    code: 93025,
    text: "Deno runs no preload in workers, so {0} would run without tsgrad. Start a JavaScript file there instead, with two lines: `import 'tsgrad/deno'` and `await import('{0}')`.",
    advice:
      'Operators of classes would be those of JavaScript in the worker: NaN. The file that starts the worker loads tsgrad before the TypeScript.',
  },
  unknownBody: {
    code: 94001,
    text: "tsgrad cannot derive {0}: it does not know the body of '{1}'.{2} Write the function in the project, or let {0} take NumberWithGrad.",
    advice:
      'A function on plain numbers is derived by its text, and so is each function that it calls. The text of a function from a library, of a method, or of a parameter is not known. On tracked numbers, `(x: NumberWithGrad) => …`, any function that takes them can be called.',
  },
  writesInput: {
    code: 94002,
    text: "tsgrad cannot derive {0}: this writes into '{1}'.{2} The gradient is taken at the values that were given, and two arguments may be one array. Write into a copy: `{1}.slice()`, for rows `{1}.map(row => row.slice())`.",
    advice:
      'A derived function may not write into its arguments, nor into arrays from outside of it, under any name: through a variable that may hold one, through a row of one, or in a function that it calls. Copy the array first.',
  },
  unknownMethod: {
    code: 94003,
    text: "tsgrad cannot derive {0}: the method '{1}' of arrays has no derivative here.{2} Write a loop, or copy with `slice`.",
    advice:
      'Methods of arrays are derived as the loops that they are. Refused are those that make texts, such as `join`, and `subarray`, whose array shares the memory of another one.',
  },
  sortsTexts: {
    code: 94021,
    text: 'tsgrad cannot derive {0}: without a comparator, `sort` compares texts.{2} Give one: `sort((a, b) => a - b)`.',
    advice:
      'JavaScript sorts 10 before 9 unless it is told how to compare. A comparator of a derived function is one expression of its two arguments, since JavaScript calls it as often as it likes.',
  },
  becomesText: {
    code: 94004,
    text: 'tsgrad cannot derive {0}: this is a text, and no derivative passes through texts.{2} Compute with numbers only.',
    advice: 'A text in a derived function is refused, except in the message of an error that it throws.',
  },
  rounds: {
    code: 94005,
    text: "tsgrad cannot derive {0}: '{1}' rounds a number that depends on the arguments.{2} Use a Float64Array, or Math.round where the derivative 0 is meant.",
    advice:
      'Bitwise operators, integer arrays and a Float32Array round what they take. The derivative of that is 0 or does not exist, and mostly not what is meant.',
  },
  functionAsValue: {
    code: 94006,
    text: 'tsgrad cannot derive {0}: a function is kept as a value here, so it is not known which body runs.{2} Call it by its name, or pass it to a function directly.',
    advice:
      'A derived function may call functions by their names and pass them as arguments. One that is stored in an array, a record or a variable that changes, or returned, is refused.',
  },
  outerAssigned: {
    code: 94007,
    text: "tsgrad cannot derive {0}: it assigns '{1}', which is declared outside of it.{2} Return the value instead.",
    advice: 'A derivative runs the function in its own way, so a variable outside of it may not be assigned by it.',
  },
  tried: {
    code: 94008,
    text: 'tsgrad cannot derive {0}: `try` has no derivative, since what was done before an exception cannot be taken back.{2} Test the condition before.',
    advice: 'A derived function may throw, but it may not catch.',
  },
  object: {
    code: 94009,
    text: "tsgrad cannot derive {0}: this makes an object of '{1}'.{2} Only records, arrays and Float64Arrays have derivatives; write `{ … }`.",
    advice: 'Objects of classes, maps, sets and dates are refused in a derived function. Use records and arrays.',
  },
  notDerived: {
    code: 94011,
    text: 'tsgrad cannot derive {0}: {1} has no derivative here.{2} See "How gradients are compiled" for what has one, or let {0} take NumberWithGrad.',
    advice:
      'What a derived function may hold is a closed list; everything else is refused, since a form that is only half understood gives wrong numbers.',
  },
  recursive: {
    code: 94012,
    text: "tsgrad cannot derive {0}: '{1}' calls itself, inside of another function that does or through a function that it was given.{2} Declare it outside, and pass what it captures.",
    advice:
      'A function that calls itself by its name is derived, alone or together with others. One that is declared inside of such a function has other variables in each call, and one that comes to call itself through an argument has no end where it is written.',
  },
  notVisible: {
    code: 94013,
    text: "tsgrad cannot derive {0}: it reads '{1}', which this name does not mean where the gradient is taken.{2} Pass it as an argument of a function, or import it there.",
    advice:
      'The derivative is written at the call that takes the gradient, so everything that the function reads from outside must be visible there, under its name. Constants that are number literals are copied.',
  },
  tracked: {
    code: 94014,
    text: "tsgrad cannot derive {0}: '{1}' is a tracked number, and the arguments are plain.{2} Let {0} take NumberWithGrad.",
    advice:
      'A function on plain numbers is compiled, one on tracked numbers is recorded when it runs. The derivative by a tracked number from outside would be lost in a compiled one.',
  },
  noNumbers: {
    code: 94015,
    text: 'tsgrad cannot derive {0}: this parameter is no number, and no array or record of numbers.{2} Give it a type such as `number[]`, and pass other values through a closure.',
    advice: 'The gradient has the shape of the arguments, so each argument must consist of numbers.',
  },
  unfilled: {
    code: 94016,
    text: 'tsgrad cannot derive {0}: an array with holes has no derivative here.{2} Fill it at once: `new Array(n).fill(0)`.',
    advice: 'Methods of arrays leave holes out, and a hole reads as undefined.',
  },
  tooLarge: {
    code: 94017,
    text: 'tsgrad cannot derive {0}: with the functions that it calls it has more than 20,000 operations.{2} Use loops, or let it take NumberWithGrad.',
    advice: 'The derivative is written as text, with each called function in its place.',
  },
  noNativeDerivative: {
    code: 94018,
    text: 'tsgrad does not derive functions on plain numbers with TypeScript 7 yet. Compile with TypeScript 5.9 or 6, or let {0} take NumberWithGrad.',
    advice:
      'A derivative is made of the types of every expression in a function. TypeScript 7 answers such questions over a channel between two processes, which tsgrad does not use for this yet.',
  },
  derivedInScript: {
    code: 94019,
    text: 'The derivative of {0} calls an imported function, but this file is a script. Add `export {}` to make it a module.',
    advice:
      'A file without any import or export is a script, and an inserted import would silently turn it into a module. Add `export {}` to make it one yourself.',
  },
  notKnown: {
    code: 94020,
    text: 'tsgrad cannot derive this argument: it does not know which function it is. Pass a function by its name, or write it here.',
    advice:
      'A function on plain numbers is derived where it meets a parameter of the type Differentiable, by its text. A parameter that is to be passed on must have the type Differentiable itself.',
  },
  internal: {
    code: 99001,
    text: 'tsgrad failed here, so nothing was compiled. This is a bug in tsgrad; please report it.\n{0}',
    advice:
      'This is a bug in tsgrad. The build stops, because code that is not transformed would compute something else.',
  },
  tooDeep: {
    code: 99002,
    text: 'This statement is nested too deeply for the compiler, whose stack overflows. Assign parts of it to variables: `const part = …`.',
    advice:
      'TypeScript and tsgrad go into nested calls, powers and parentheses by recursion, some hundreds of levels on the stack that Node has by default; `node --stack-size=4000` gives them more. A chain to the left, `a + b + c + …`, may have any length.',
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

/** A message without a place, as the compiler prints it. */
export const stated = ({ code, text }: CatalogueEntry, ...args: readonly string[]): string =>
  `error TS${code}: ${filled(text, args)}`

/** A text with its arguments filled in. */
export function filled(text: string, args: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => args[Number(index)] ?? '')
}
