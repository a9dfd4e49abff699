// Runs a module in headless Chromium, on a page served from this machine; used by test/browser.test.ts.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']

/** The path of a Chromium, if the machine has one; Debian's package is `chromium-headless-shell`. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(path => existsSync(path))
}

const page = `<!doctype html><meta charset="utf-8"><title>tsgrad</title><pre></pre>
<script>addEventListener('error', ({ message }) => { document.querySelector('pre').textContent = message })</script>
<script type="module" src="/main.js"></script>`

async function served(script, use) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/main.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : page)
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** The page's HTML after the module ran, which has to do its work at once. */
export function pageAfter(chromium, script) {
  const profile = mkdtempSync(join(tmpdir(), 'tsgrad-chromium-'))
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-extensions', '--no-first-run']
  return served(script, url => {
    const { promise, resolve, reject } = Promise.withResolvers?.() ?? withResolvers()
    const run = spawn(chromium, [...options, `--user-data-dir=${profile}`, '--timeout=20000', '--dump-dom', url])
    const timer = setTimeout(() => run.kill('SIGKILL'), 30_000)
    const texts = { stdout: '', stderr: '' }
    for (const name of Object.keys(texts)) run[name].setEncoding('utf8').on('data', text => (texts[name] += text))
    run.on('error', reject)
    run.on('close', code => {
      clearTimeout(timer)
      if (code === 0) resolve(texts.stdout)
      else reject(new Error(`${chromium} ended with ${code}: ${texts.stderr}`))
    })
    return promise
  }).finally(() => rmSync(profile, { recursive: true, force: true }))
}

/** For Node 20. */
function withResolvers() {
  const found = {}
  found.promise = new Promise((resolve, reject) => Object.assign(found, { resolve, reject }))
  return found
}
