// How long an editor waits for the diagnostics of a file after an edit, and what memory tsserver takes, in projects of several sizes:
// with the plugin, and without it on the same project in plain numbers.
// Usage: node bench/tsserver.mjs [--files 10,100,300] [--edits 20] [--compiler typescript]
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { writeProject } from './dense-project.mjs'

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10,100,300' },
    edits: { type: 'string', default: '20' },
    compiler: { type: 'string', default: 'typescript' },
  },
})
/** The driver of the tests, in one text, in which each file still finds its neighbours. */
const driver = await build({
  entryPoints: [fileURLToPath(new URL('../test/tsserver/server.ts', import.meta.url))],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  plugins: [{ name: 'places', setup: esbuild => esbuild.onLoad({ filter: /\.m?[jt]s$/ }, placed) }],
})
const { Server } = await import(
  `data:text/javascript;base64,${Buffer.from(driver.outputFiles[0].contents).toString('base64')}`
)

function placed({ path }) {
  const text = readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
  return { contents: text, loader: 'ts' }
}

const median = numbers => numbers.sort((u, v) => u - v)[Math.floor(numbers.length / 2)]
const megabytes = pid => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
const timed = async work => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Opens the project in one server, edits a file in its middle again and again, and asks for all diagnostics of it each time. */
async function measure(files, tracked) {
  const folder = join(tmpdir(), `tsserver-bench-${process.pid}`)
  writeProject(folder, { files, perFile: 10, tracked, plugin: false })
  const config = join(folder, 'tsconfig.json')
  const json = JSON.parse(readFileSync(config, 'utf8'))
  if (tracked) json.compilerOptions.plugins = [{ name: 'tsgrad/tsserver' }]
  writeFileSync(config, JSON.stringify(json))
  const file = join(folder, 'src', `file${Math.floor(files / 2)}.ts`)
  const server = new Server({ compiler: values.compiler, probe: folder })
  try {
    const found = []
    const errors = async () => found.push((await server.errors(file)).semanticDiag.length)
    const opened = await timed(async () => {
      server.open(file)
      await errors()
    })
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .findIndex(text => text.includes('const u = '))
    const edit = i => ({
      file,
      line: line + 1,
      offset: 13,
      endLine: line + 1,
      endOffset: 14,
      insertString: 'xy'[i % 2],
    })
    const times = []
    const completions = []
    for (let i = 0; i < Number(values.edits); i++) {
      server.tell('change', edit(i))
      times.push(await timed(errors))
      server.tell('change', edit(i + 1))
      completions.push(await timed(() => server.ask('completionInfo', { file, line: line + 2, offset: 16 })))
      server.tell('change', edit(i))
      await errors()
    }
    if (found.some(count => count > 0)) throw new Error(`errors in a project without errors: ${found}`)
    return { opened, edit: median(times), completion: median(completions), memory: megabytes(server.pid) }
  } finally {
    server.close()
  }
}

console.log('files  tracked  open ms  edit ms  completion ms  memory MB')
for (const files of values.files.split(',').map(Number))
  for (const tracked of [false, true]) {
    const { opened, edit, completion, memory } = await measure(files, tracked)
    const columns = [opened, edit, completion, memory].map(each => each.toFixed(0).padStart(9))
    console.log(`${String(files).padStart(5)}  ${String(tracked).padStart(7)}${columns.join('')}`)
  }
