// What the built runtime weighs in a bundle: `node scripts/size.mjs` after `npm run build`; the sizes that a test holds.

import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
// Vitest brings it.
import { rolldown } from 'rolldown'

const folder = fileURLToPath(new URL('../dist/runtime/', import.meta.url))
const entries = {
  tsgrad: 'index.js',
  'tsgrad/inspect': 'inspect.js',
  'tsgrad/linear': 'linear.js',
  'tsgrad/optimise': 'optimise.js',
  'tsgrad/special': 'special.js',
}

async function bundle(text, minify) {
  const bundle = await rolldown({
    input: 'text',
    plugins: [
      {
        name: 'text',
        resolveId: id => (id === 'text' ? id : id in entries ? folder + entries[id] : null),
        load: id => (id === 'text' ? text : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify })
  return output[0]
}

/** Bundles a module that consists of this text. */
export async function bundled(text, minify = true) {
  return (await bundle(text, minify)).code
}

/** The paths of the built modules of which something is in the bundle of a module with this text. */
export async function modulesIn(text) {
  const { modules } = await bundle(text, false)
  return Object.keys(modules).filter(id => modules[id].renderedLength > 0 && id !== 'text')
}

/** In bytes, minified and gzipped. */
export async function sizeOf(text) {
  return gzipSync(await bundled(text), { level: 9 }).length
}

/** Modules, each with the bytes that it may have. */
export const limits = {
  // of these gradInto takes 600, a quarter of them for what out may be wrong with; records of whole matrices take 120, calls that leave
  // arguments out 80, methods of slots without a call in them 150, partials of a rule that have lost what they depend on 380
  "export * from 'tsgrad'": 26_500,
  // derivatives in derivatives, which grad allows, see jumps outside of the inner one, by 200 bytes
  "export { NumberWithGrad, valueAndGrad } from 'tsgrad'": 13_900,
  // what calls compiled derivatives, and all verbs on them
  "export { differentiable, grad } from 'tsgrad'": 15_500,
  "export { NumberWithGrad, exp, max } from 'tsgrad'": 7_300,
  // what is said of parameters that are none takes 250 of them, which a program with numbers has anyway, and of options as much
  "export { adam, sgd } from 'tsgrad'": 1_400,
  // one record for a result, and its formulas in three kinds of matrices: 3,000
  "export * from 'tsgrad/linear'": 13_000,
  "export { matVec } from 'tsgrad/linear'": 8_000,
  "export { solve } from 'tsgrad/linear'": 5_400,
  // with the verbs that they call, which take 12,300
  "export * from 'tsgrad/optimise'": 20_900,
  "export { minimize } from 'tsgrad/optimise'": 16_000,
  "export { cosineDecay } from 'tsgrad/optimise'": 900,
  // of these 7,200 are the class, which a program has anyway
  "export * from 'tsgrad/special'": 14_200,
  "export { erf } from 'tsgrad/special'": 8_400,
  "export { lgamma } from 'tsgrad/special'": 8_700,
  "export { relu } from 'tsgrad/special'": 7_100,
  // the causes of a zero gradient take 600 bytes, names in any shape 150, the switch of debug 300, rows and cuts of pictures 1,100,
  // second derivatives in checkGrad 3,200, what it knows of edges and rounding 500, the check of compiled derivatives 900
  "export * from 'tsgrad/inspect'": 27_200,
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const [text, limit] of Object.entries(limits)) console.log(`${await sizeOf(text)} of ${limit} bytes: ${text}`)
