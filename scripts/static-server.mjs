// Serves a folder of files on this machine, for tests that open built pages in a browser.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** @returns where the folder is served, below `prefix`, and a function that ends it. */
export async function serve(folder, prefix = '/') {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1')
    const name = normalize(decodeURIComponent(pathname.slice(prefix.length)))
    try {
      if (!pathname.startsWith(prefix) || name.startsWith('..')) throw new Error(`nothing at ${pathname}`)
      const file = name === '.' || name.endsWith('/') ? join(name, 'index.html') : name
      const content = await readFile(join(folder, file))
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
      response.end(content)
    } catch {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
