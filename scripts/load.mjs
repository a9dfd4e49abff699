// Loads a TypeScript module from its source, with all that it imports by a relative path.
// It must not need the built package, which is made of what the generators write.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

/** The folder of the repository. */
export const repository = fileURLToPath(new URL('..', import.meta.url))

const compilerOptions = { target: 'esnext', module: 'esnext', rewriteRelativeImportExtensions: true }

/** The exports of a module, by its path below `root`. */
export async function load(path, root = repository) {
  const folder = mkdtempSync(join(tmpdir(), 'tsgrad-load-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const file of withImports(join(root, path))) {
      const built = join(folder, relative(root, file)).replace(/ts$/, 'js')
      mkdirSync(dirname(built), { recursive: true })
      writeFileSync(built, ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText)
    }
    return await import(pathToFileURL(join(folder, path.replace(/ts$/, 'js'))).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file and what it imports by relative paths, also by way of others. */
function withImports(file) {
  const found = new Set([file])
  for (const each of found)
    for (const { fileName } of ts.preProcessFile(readFileSync(each, 'utf8')).importedFiles)
      if (fileName.startsWith('.')) found.add(join(dirname(each), fileName))
  return found
}
