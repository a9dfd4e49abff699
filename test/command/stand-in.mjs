// Runs the engine for native compilers with TypeScript 6 in the place of what it compiles with, so that its output can be compared with
// that of the engine in process. TypeScript 7's own command line reads the options, as it always does.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { nativeEngine } from '../../dist/command/compile/native-engine.js'
import { transform } from '../../dist/transformer/index.js'

/** Opens a project as the native compiler's adapter does. */
async function open(_folder, tsconfig, overrides) {
  const { options } = ts.convertCompilerOptionsFromJson(overrides, dirname(tsconfig))
  const parsed = () =>
    ts.getParsedCommandLineOfConfigFile(tsconfig, options, { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} })
  const program = () => {
    const { fileNames, options } = parsed()
    const host = ts.createCompilerHost(options)
    return transform(ts, ts.createProgram(fileNames, options, host), host)
  }
  const found = from => [
    ...from.getOptionsDiagnostics(),
    ...from.getSyntacticDiagnostics(),
    ...from.getSemanticDiagnostics(),
  ]
  return {
    check: () => ({ diagnostics: found(program()), emitted: [], emitSkipped: false }),
    build() {
      const from = program()
      const emitted = []
      const { emitSkipped } = from.emit(undefined, (name, text) => {
        emitted.push(name)
        ts.sys.createDirectory(dirname(name))
        ts.sys.writeFile(name, text)
      })
      return { diagnostics: found(from), emitted, emitSkipped }
    },
    update(changed) {
      if (changed.length === 0) throw new Error('nothing was changed')
    },
    fileNames: () => [tsconfig, ...parsed().fileNames],
    close() {},
  }
}

const folder = fileURLToPath(new URL('../../node_modules/typescript-7', import.meta.url))
const engine = nativeEngine({ folder, version: '6.0.3', isNative: true }, open)
const [command, ...args] = process.argv.slice(2)
try {
  process.exitCode = await engine({
    name: `tsgrad ${command}`,
    args: command === 'check' ? ['--noEmit', ...args] : args,
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
