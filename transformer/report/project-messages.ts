/** The messages about projects and hosts, 93xxx. It must not know how a fault is found. */

export const projectMessages = {
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
  notSeen: {
    code: 93024,
    text: 'The module {0} may hold natural math, and tsgrad has not seen it. {1}',
    advice:
      'esbuild and Bun ask plugins in their order, and take a module from the first that loads it: put `tsgrad()` first in `plugins`; what plugins behind it load is compiled. They ask no plugin for the text of `stdin`: write it to a file.',
  },
  loadedWithout: {
    code: 93026,
    text: 'The module {0} holds natural math, and its request names all of its loaders, so it is loaded without tsgrad. Leave out the `!!` or `-!` before the loaders.',
    advice:
      "`import './a.ts'` is loaded as the rules of the configuration say, and by tsgrad before them. `!!` and `-!` in a request turn both off.",
  },
  workerWithoutPreload: {
    code: 93025,
    text: "Deno runs no preload in workers, so {0} would run without tsgrad. Start a JavaScript file there instead, with two lines: `import 'tsgrad/deno'` and `await import('{0}')`.",
    advice:
      'Operators of classes would be those of JavaScript in the worker: NaN. The file that starts the worker loads tsgrad before the TypeScript.',
  },
} as const
