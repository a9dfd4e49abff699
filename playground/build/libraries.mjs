// The libraries that a program on the page may import, with their operators: their declarations, and each as one script.
// It must not know what becomes of them.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { load } from '../../scripts/load.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { libraries: known } = await load('scripts/tables/libraries.ts')

/** What is exported beside the classes with operators. Each class of three's is a file of its declarations, by its own name. */
const others = {
  'decimal.js': ['Decimal as default'],
  three: ['Box3', 'Euler', 'Line3', 'Plane', 'Ray', 'Sphere', 'Triangle'],
}

/** The declarations of a package, by the names that they have on the page. */
const declared = {
  'decimal.js': () => ({
    '/decimal.js/index.d.ts': readFileSync(`${root}node_modules/decimal.js/decimal.d.ts`, 'utf8'),
  }),
  three: names => {
    const index = names.map(name => `export * from './math/${name}.js'\n`).join('')
    return { '/three/index.d.ts': index, ...mathOfThree(names) }
  },
}

/**
 * The declarations of three's mathematics. The rest, two hundred files that draw, is left out: what is named of it is a class of which no
 * value can be had.
 */
function mathOfThree(names) {
  const folder = `${root}node_modules/@types/three/src/math/`
  const found = {}
  const read = path => {
    const text = readFileSync(folder + path, 'utf8')
    found[`/three/math/${path}`] = text
    for (const [, imported, from] of text.matchAll(/^import (?:type )?\{([^}]*)\} from "(.*)";$/gm)) {
      const other = join('math', dirname(path), from).replace(/js$/, 'd.ts')
      const page = `/three/${other}`
      if (!other.startsWith('math/')) found[page] = withAbsent(found[page], imported)
      else if (!(page in found) && existsSync(folder + other.slice(5))) read(other.slice(5))
    }
  }
  for (const name of names) read(`${name}.d.ts`)
  return found
}
const withAbsent = (text = '', names) =>
  names
    .split(',')
    .map(name => `export declare class ${name.trim()} { #absent; private constructor() }\n`)
    .reduce((all, line) => (all.includes(line) ? all : all + line), text)

export const libraries = Object.entries(others).map(([name, more]) => {
  const { entry, module, classes } = known.find(library => library.package === name)
  return { name, entry: `tsgrad/interop/${entry}`, module, names: [...classes, ...more] }
})

/** The declarations of all libraries, and of their operators. Needs `npm run build`. */
export const declarations = () =>
  Object.assign(
    {},
    ...libraries.map(({ name, module, names }) => ({
      ...declared[name](names),
      [`/tsgrad/interop/${module}.d.ts`]: readFileSync(`${root}dist/interop/${module}.d.ts`, 'utf8'),
    })),
  )

/** The scripts by the names of their modules. A library has its operators as soon as it is imported. */
export async function scripts() {
  const made = libraries.map(async ({ name, module, names }) => [name, await script(name, module, names)])
  return Object.fromEntries(await Promise.all(made))
}

async function script(name, module, names) {
  const start = 'library'
  const operators = `${root}interop/${module}.ts`
  const text = `import '${operators}'\nexport { ${names.join(', ')} } from '${name}'\n`
  const entry = {
    name: start,
    // package.json names what has effects by the built files
    resolveId: id => (id === operators ? { id, moduleSideEffects: true } : id === start ? start : null),
    load: id => (id === start ? text : null),
  }
  // the operators' module imports the library by its name, from a folder that has it
  const bundle = await rolldown({ input: start, cwd: root, platform: 'browser', plugins: [entry] })
  const { output } = await bundle.generate({ format: 'es', minify: true })
  await bundle.close()
  return output[0].code
}
