// The rooms of the source folders from the ground up, and what the code's own imports say of them: `node scripts/rooms.mjs` prints
// the order, each import that goes up, and each circle of imports. It must not know what a room is for: docs/architecture.md says that.

import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The rooms by folder: a file imports from its own room and from those before it. '' holds the entries. */
export const rooms = {
  runtime: [
    ...['rules', 'operators', 'engine', 'generated/core', 'sweep', 'number', 'generated/surface', 'scope'],
    ...['arrays', 'special', 'linear', 'verbs', 'training', 'optimise', 'inspect', ''],
  ],
  transformer: [
    ...['compiler', 'text', 'report', 'program', 'syntax', 'meaning', 'lower', 'ask', 'derivative', 'build'],
    ...['', 'hosts'],
  ],
  command: ['disk', 'report', 'project', 'compile', 'adoption', 'setup', 'commands', ''],
}

/** Upward imports that are wanted, with the reason. */
const exceptions = {
  // the package's entry is what ts-patch loads, so it is the adapter for tsc too
  'transformer/index.ts': 'transformer/hosts/tsc.ts',
}

/** Each import of a folder's files as [file, imported file or package], types included. */
export function importsOf(folder) {
  const names = readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  return names.flatMap(name => {
    const file = posix.join(folder, name)
    const { importedFiles } = ts.preProcessFile(readFileSync(root + file, 'utf8'))
    return importedFiles.map(({ fileName }) => [file, resolved(file, fileName)])
  })
}

function resolved(file, imported) {
  return imported.startsWith('.') ? posix.join(posix.dirname(file), imported) : imported
}

/** The place of a file's room in the order of its folder; the innermost room that holds it. */
function floorOf(folder, file) {
  for (let room = posix.dirname(posix.relative(folder, file)); ; room = posix.dirname(room)) {
    const floor = rooms[folder].indexOf(room === '.' ? '' : room)
    if (floor >= 0) return floor
    if (room === '.') throw new Error(`${file} is in no room: add its folder to the order of rooms`)
  }
}

/** The imports of a folder that go to a room above. */
export function importsUp(folder, edges = importsOf(folder)) {
  return edges.filter(([file, imported]) => {
    if (!imported.startsWith(`${folder}/`) || exceptions[file] === imported) return false
    return floorOf(folder, imported) > floorOf(folder, file)
  })
}

/** Groups of files that import one another, types included (Tarjan's strongly connected components of more than one file). */
export function circlesIn(imports) {
  const edges = new Map()
  for (const [file, imported] of imports) edges.set(file, [...(edges.get(file) ?? []), imported])
  const found = []
  const seen = new Map()
  const stack = []
  const visit = file => {
    const at = seen.size
    seen.set(file, at)
    stack.push(file)
    let lowest = at
    for (const next of edges.get(file) ?? []) {
      if (!seen.has(next)) lowest = Math.min(lowest, visit(next))
      else if (stack.includes(next)) lowest = Math.min(lowest, seen.get(next))
    }
    if (lowest === at) {
      const circle = stack.splice(stack.indexOf(file))
      if (circle.length > 1) found.push(circle)
    }
    return lowest
  }
  for (const file of edges.keys()) if (!seen.has(file)) visit(file)
  return found
}

/** The folders of sources in which no circle may be. */
export const sources = ['runtime', 'interop', 'transformer', 'command', 'lint', 'playground']

function print() {
  let up = 0
  for (const [folder, order] of Object.entries(rooms)) {
    const found = importsOf(folder)
    console.log(`${folder}/`)
    order.forEach((room, floor) => {
      const own = found.filter(([file]) => floorOf(folder, file) === floor)
      const from = own.flatMap(([, to]) => (to.startsWith(`${folder}/`) ? [floorOf(folder, to)] : []))
      const below = [...new Set(from)].filter(each => each !== floor).sort((a, b) => a - b)
      const files = new Set(own.map(([file]) => file)).size
      const imports = below.length > 0 ? below.map(each => order[each] || 'entries').join(', ') : 'nothing'
      console.log(`  ${room || 'entries'}: ${files} files with imports, from ${imports}`)
    })
    for (const [file, imported] of importsUp(folder)) console.log(`  up: ${file} -> ${imported}`)
    up += importsUp(folder).length
  }
  const circles = circlesIn(sources.flatMap(importsOf))
  for (const circle of circles) console.log(`circle: ${circle.join(', ')}`)
  console.log(`${up} imports up, ${circles.length} circles`)
  if (up + circles.length > 0) process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) print()
