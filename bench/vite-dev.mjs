// Times Vite's dev server as a browser meets it: the first load of all modules, and edits until their modules came anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createServer } from 'vite'

/**
 * @param {string} folder a project with vite.config.js and src/main.ts
 * @param {number} files how many files it has: those at the top, in the middle and at the bottom of its imports are edited
 * @param {number} runs how many edits of each are timed
 */
export async function serve(folder, files, runs) {
  const cwd = process.cwd()
  process.chdir(folder)
  const server = await createServer({
    root: folder,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0 },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  try {
    await server.listen()
    const url = server.resolvedUrls.local[0]
    const begun = performance.now()
    const loaded = await load(url, '/src/main.ts')
    const firstLoad = performance.now() - begun
    if (loaded < files) throw new Error(`${loaded} of ${files} modules were loaded`)
    let noted = () => {}
    listen(server, () => noted())
    const messaged = () => new Promise(resolve => (noted = resolve))
    const edits = {}
    for (const [name, index] of [
      ['leaf', files - 1],
      ['middle', files >> 1],
      ['bottom', 0],
    ]) {
      edits[name] = []
      // the first one is not counted
      for (let run = 0; run <= runs; run++) {
        const time = await edited(url, messaged, folder, `/src/file${index}.ts`)
        if (run > 0) edits[name].push(time)
        await new Promise(resolve => setTimeout(resolve, 200))
      }
    }
    return { firstLoad, edits }
  } finally {
    await server.close()
    process.chdir(cwd)
  }
}

/** Loads a module and all that it imports from the project; how many that were. */
async function load(url, first) {
  const seen = new Set([first])
  let due = [first]
  while (due.length > 0) {
    const texts = await Promise.all(due.map(path => text(url, path)))
    const found = texts.flatMap(each => [...each.matchAll(/from "(\/src\/[^"]+)"/g)].map(match => match[1]))
    due = [...new Set(found)].filter(path => !seen.has(path))
    for (const path of due) seen.add(path)
  }
  return seen.size
}

async function text(url, path) {
  const response = await fetch(new URL(path, url))
  const found = await response.text()
  if (!response.ok) throw new Error(`${path}: ${found.slice(0, 500)}`)
  return found
}

/** Calls the given function at each message to browsers that a module changed. */
function listen(server, take) {
  const { hot } = server.environments.client
  const send = hot.send.bind(hot)
  hot.send = (...message) => {
    if (['update', 'full-reload'].includes(message[0]?.type)) take()
    return send(...message)
  }
}

/** Edits inside of a function, waits for the server's message, and loads the module again. */
async function edited(url, messaged, folder, path) {
  const file = join(folder, path)
  const before = readFileSync(file, 'utf8')
  const number = 1000 + Math.floor(Math.random() * 1e9)
  const after = before.replace(/let sum = w \+ u( \+ \d+)?/, `let sum = w + u + ${number}`)
  if (after === before) throw new Error('nothing was changed')
  let message = messaged()
  const begun = performance.now()
  writeFileSync(file, after)
  for (;;) {
    await Promise.race([message, late(path)])
    // a message may still speak of the edit before, where the watcher saw that twice
    message = messaged()
    if ((await text(url, `${path}?t=${Date.now()}`)).includes(String(number))) return performance.now() - begun
  }
}

const late = path =>
  wait(10_000, undefined, { ref: false }).then(() => Promise.reject(new Error(`${path} is as it was`)))
