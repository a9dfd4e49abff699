// How long the files and functions of the sources are. It must not know which length is too long: test/architecture.test.ts says that.

import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

const isSource = name => /\.(?:ts|mjs)$/.test(name) && !name.endsWith('.d.ts') && !name.includes('node_modules')

/** The files of some folders but those that a script generates, with the number of their lines. */
export function fileLengths(folders) {
  const names = folders.flatMap(folder =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map(name => posix.join(folder, name)),
  )
  return names.filter(isSource).flatMap(name => {
    const text = readFileSync(root + name, 'utf8')
    return /^ ?\*? ?Generated from .* by scripts\//m.test(text.slice(0, 600))
      ? []
      : [[name, text.split('\n').length - 1]]
  })
}

/**
 * The functions of a text with the number of their own lines: those with code that is not in a function inside. So a factory is as long as
 * what it does itself, and each function that it returns is counted for itself.
 */
export function functionLengths(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest)
  const lineOf = position => file.getLineAndCharacterOfPosition(position).line
  const isCode = text.split('\n').map(line => !/^\s*(?:$|\/\/|\/?\*)/.test(line))
  const found = []
  /** Finds the functions in a node, and returns how many of its lines of code are in them. */
  const visit = (node, parent) => {
    let inside = 0
    ts.forEachChild(node, child => {
      inside += visit(child, node)
    })
    if (!ts.isFunctionLike(node) || node.body === undefined) return inside
    const [first, last] = [lineOf(node.getStart(file)), lineOf(node.end)]
    const behindFirst = isCode.slice(first + 1, last + 1).filter(Boolean).length
    found.push([nameOf(file, node, parent), behindFirst + 1 - inside])
    return behindFirst
  }
  visit(file)
  return found
}

function nameOf(file, node, parent) {
  const named = node.name ?? parent.name
  return named ? named.getText(file) : `line ${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`
}
