// Writes the project that the compiler benchmarks build: many files of natural math on tracked numbers, or of plain numbers.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))

const functions = (file, type) => i =>
  `
/** Term ${i} of file ${file}. */
export function term${i}(x: ${type}, y: ${type}, k: number) {
  const u = x * ${i + 1} + y
  const v = (u - x / 2) * (y + k)
  const w = -v + u * u - ${i} * x
  let sum = w + u
  for (let j = 0; j < k; j++) sum = sum + v * j - w / (j + 1)
  return sum * 2 - Math.tanh(u + v)
}`

/**
 * @param {string} folder where to write; emptied first
 * @param {{ files: number, perFile: number, tracked: boolean, plugin: boolean, incremental?: boolean, ending?: '.js' | '.ts' }} options
 */
export function writeProject(folder, { files, perFile, tracked, plugin, incremental = false, ending = '.js' }) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'src'), { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['typescript', 'ts-patch'])
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name))
  symlinkSync(repository, join(folder, 'node_modules', 'tsgrad'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const plugins = plugin ? [{ transform: 'tsgrad/transformer', transformProgram: true }] : []
  const compilerOptions = {
    ...{ target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, types: [] },
    ...{ rootDir: 'src', outDir: 'out', incremental, plugins },
    ...(ending === '.ts' && { rewriteRelativeImportExtensions: true }),
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  const type = tracked ? 'NumberWithGrad' : 'number'
  for (let file = 0; file < files; file++) {
    const previous = file > 0 ? `import { term0 as before } from './file${file - 1}${ending}'\n` : ''
    const chained = file > 0 ? `\nexport const chained = (x: ${type}) => before(x, x, 2) * x + 1\n` : ''
    const imports = tracked ? "import { NumberWithGrad } from 'tsgrad'\n" : ''
    const text =
      imports + previous + Array.from({ length: perFile }, (_, i) => functions(file, type)(i)).join('\n') + chained
    writeFileSync(join(folder, 'src', `file${file}.ts`), text)
  }
}
