// The verbs in gradients of the same function, and functions of whole arrays in times of the loop that they replace, in processor time:
// `node bench/verbs.mjs [name] [folder]` after `npm run build`; `folder` holds the build of another commit to compare with, in the same
// process. Each contestant runs a program compiled for itself alone, in batches that take turns; medians.

import { pathToFileURL } from 'node:url'

const [only = '', folder] = process.argv.slice(2)
const builds = {
  now: await import('../dist/runtime/index.js'),
  ...(folder && { before: await import(pathToFileURL(`${folder}/runtime/index.js`)) }),
}

const SAMPLES = 9
const BATCH_MILLISECONDS = 20

let texts = 0
const own = (f, tsgrad) => new Function('tsgrad', `return /* ${texts++} */ ${f}`)(tsgrad) // V8 shares what it knows of a text
const median = xs => xs.toSorted((a, b) => a - b)[xs.length >> 1]

function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The medians of their times in microseconds, by name. */
function times(contestants) {
  const entries = Object.entries(contestants).map(([name, run]) => {
    let count = 0
    for (const start = processorTime(); processorTime() - start < 150; count++) run()
    return { name, run, count: Math.max(1, Math.round((count * BATCH_MILLISECONDS) / 150)), samples: [] }
  })
  for (let i = 0; i < SAMPLES; i++)
    for (const { run, count, samples } of entries) {
      const start = processorTime()
      for (let k = 0; k < count; k++) run()
      samples.push(((processorTime() - start) * 1000) / count)
    }
  return Object.fromEntries(entries.map(({ name, samples }) => [name, median(samples)]))
}

/** The medians of what each build makes of its functions, in turns. */
function ofBuilds(contestantsOf) {
  const all = Object.entries(builds).map(([build, tsgrad]) => [build, contestantsOf(tsgrad)])
  const flat = all.flatMap(([build, contestants]) =>
    Object.entries(contestants).map(([name, run]) => [`${build} ${name}`, run]),
  )
  const found = times(Object.fromEntries(flat))
  return all.map(([build, contestants]) => [
    build,
    Object.fromEntries(Object.keys(contestants).map(name => [name, found[`${build} ${name}`]])),
  ])
}

const points = n => Array.from({ length: n }, (_, i) => 0.1 + 0.03 * (i % 7))

function rosenbrock(xs) {
  let sum = xs[0].mul(0)
  for (let i = 0; i + 1 < xs.length; i++) {
    const d = xs[i + 1].sub(xs[i].mul(xs[i]))
    sum = sum.add(d.mul(d).mul(100)).add(xs[i].rsub(1).pow(2))
  }
  return sum
}

function verbsOf(n) {
  const x = points(n)
  const direction = x.map((_, i) => (i % 3) - 0.5)
  const found = ofBuilds(({ grad, valueAndGrad, jvp, hvp, hessian }) => {
    const fs = [grad, valueAndGrad, jvp, hvp, hessian].map(verb => verb(own(rosenbrock)))
    return {
      gradient: () => fs[0](x),
      valueAndGrad: () => fs[1](x),
      jvp: () => fs[2](x, direction),
      hvp: () => fs[3](x, direction),
      hessian: () => fs[4](x),
    }
  })
  for (const [build, { gradient, ...others }] of found) {
    const cells = Object.entries(others).map(([name, time]) => `${name} ${(time / gradient).toFixed(2)}`)
    console.log(`${build}: Rosenbrock, n = ${n}: gradient ${gradient.toFixed(2)} us; in gradients: ${cells.join(', ')}`)
  }
}

const residuals = (m, n, length) => `xs => {
  const results = []
  for (let i = 0; i < ${m}; i++) {
    let r = xs[i % ${n}]
    for (let k = 0; k < ${length}; k++) r = r.mul(0.99).add(xs[(i + k) % ${n}].mul(0.3)).sin()
    results.push(r)
  }
  return results
}`

function jacobianOf(m, n, length) {
  const x = points(n)
  const text = residuals(m, n, length)
  const total = `xs => (${text})(xs).reduce((a, b) => a.add(b))`
  const found = ofBuilds(({ grad, jacobian }) => {
    const [gradient, rows] = [grad(own(total)), jacobian(own(text))]
    return { gradient: () => gradient(x), jacobian: () => rows(x) }
  })
  const limit = Math.max(2, Math.min(m, n) / 3)
  for (const [build, { jacobian, gradient }] of found)
    console.log(
      `${build}: Jacobian of ${m} by ${n}: ${(jacobian / gradient).toFixed(2)} gradients of the sum; aim ${limit.toFixed(1)}`,
    )
}

const added = 'let s = xs[0]; for (let i = 1; i < xs.length; i++) s = s.add(xs[i])'
const addedAs = method => `let s = xs[0].${method}; for (let i = 1; i < xs.length; i++) s = s.add(xs[i].${method})`
const arrays = {
  sum: ['sum(xs)', `${added}; return s`],
  mean: ['mean(xs)', `${added}; return s.div(xs.length)`],
  dot: [
    'dot(xs, xs)',
    'let s = xs[0].mul(xs[0]); for (let i = 1; i < xs.length; i++) s = s.add(xs[i].mul(xs[i])); return s',
  ],
  norm: [
    'norm(xs)',
    'let s = xs[0].mul(xs[0]); for (let i = 1; i < xs.length; i++) s = s.add(xs[i].mul(xs[i])); return s.sqrt()',
  ],
  logSumExp: ['logSumExp(xs)', `${addedAs('exp()')}; return s.log()`],
  softmax: [
    'softmax(xs)[0]',
    'const es = []; for (let i = 0; i < xs.length; i++) es.push(xs[i].exp()); let s = es[0]; for (let i = 1; i < es.length; i++) s = s.add(es[i]); const shares = []; for (let i = 0; i < es.length; i++) shares.push(es[i].div(s)); return shares[0]',
  ],
}

/** Calls `inner` often enough that the gradient around it counts for little. */
const repeated = (inner, count) =>
  new Function(
    'inner',
    `return xs => { let t = xs[0]; for (let k = 0; k < ${count}; k++) t = t.add(inner(xs)); return t }`,
  )(inner)

function arrayOf(name, n) {
  const x = points(n)
  const [whole, text] = arrays[name]
  const count = Math.max(1, Math.round(256 / n))
  const found = ofBuilds(tsgrad => {
    const functions = [`xs => tsgrad.${whole}`, `xs => { ${text} }`].map(f => () => repeated(own(f, tsgrad), count))
    const [a, b] = functions.map(make => tsgrad.valueAndGrad(make()))
    const [c, d] = functions.map(make => make())
    const swept = f => () => f(x.map(each => new tsgrad.NumberWithGrad(each))).backward()
    return { inside: () => a(x), insideLoop: () => b(x), outside: swept(c), outsideLoop: swept(d) }
  })
  for (const [build, { inside, insideLoop, outside, outsideLoop }] of found) {
    const cells = [(inside / insideLoop).toFixed(2), (outside / outsideLoop).toFixed(2)]
    console.log(`${build}: ${name}, n = ${n}: ${cells[0]} loops inside of grad, ${cells[1]} outside`)
  }
}

console.log(`node ${process.version}, V8 ${process.versions.v8}; medians of ${SAMPLES} batches of processor time`)
if ('verbs'.includes(only)) for (const n of [2, 4, 10, 100]) verbsOf(n)
if ('jacobian'.includes(only))
  for (const [m, n, length] of [
    [200, 3, 50],
    [3, 200, 200],
    [9, 30, 20],
    [30, 9, 20],
    [50, 50, 5],
  ])
    jacobianOf(m, n, length)
for (const name of Object.keys(arrays)) if (name.includes(only)) for (const n of [2, 4, 16, 64, 512]) arrayOf(name, n)
