// Libraries of the npm registry that give derivatives, each on the workloads that it fits; installed into a temporary folder when
// asked for (`--peers`), since one of them is larger than this whole repository.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const versions = {
  mathjs: '15.2.0',
  '@tensorflow/tfjs': '4.22.0',
  simplegrad: '1.0.0',
}

/** A folder with these packages, installed once. */
function installed() {
  const folder = join(tmpdir(), `tsgrad-peers-${Object.values(versions).join('-')}`)
  if (existsSync(join(folder, 'package-lock.json'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: versions }))
  const run = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`cannot install the peers: ${run.stderr}`)
  return folder
}

/** Symbolic: the derivative is found and compiled once, what is timed is only its evaluation. */
function mathjs({ compile, derivative }) {
  return ({ name }, { x }, gradient) => {
    if (!name.startsWith('notebook')) return 'one derivative by one variable: not for this'
    const value = compile('(a * 4 + 3) * (a + 2)')
    const slope = derivative('(a * 4 + 3) * (a + 2)', 'a').compile()
    return () => {
      const scope = { a: x[0] }
      gradient[0] = slope.evaluate(scope)
      return value.evaluate(scope)
    }
  }
}

/** A graph that is turned into JavaScript; built and compiled each time, as the others build theirs, or once. */
function simplegrad({ Variable, ValueStorage }, once) {
  class Adapter {
    constructor(variable) {
      this.variable = variable
    }
    with(f, other) {
      return new Adapter(f(this.variable, other instanceof Adapter ? other.variable : other))
    }
    add = other => this.with((a, b) => a.add(b), other)
    sub = other => this.with((a, b) => a.sub(b), other)
    mul = other => this.with((a, b) => a.mul(b), other)
    rsub = other => this.with((a, b) => a.mul(-1).add(b), other)
  }
  return ({ name, program }, data, gradient) => {
    if (!/^(notebook|Rosenbrock)/.test(name))
      return name.startsWith('MLP') ? 'has no max' : 'not tried: a generated statement for each operation'
    const build = () => {
      const storage = new ValueStorage()
      const leaves = data.x.map(() => new Variable(storage))
      const y = program(data)(leaves.map(leaf => new Adapter(leaf))).variable
      y.compile()
      return { leaves, y, storage }
    }
    const kept = once ? build() : undefined
    return () => {
      const { leaves, y, storage } = kept ?? build()
      storage.gv.fill(0)
      leaves.forEach((leaf, i) => {
        leaf.setValue(data.x[i])
      })
      y.forward()
      y.setGradient(1)
      y.backward()
      leaves.forEach((leaf, i) => {
        gradient[i] = leaf.getGradient()
      })
      return y.getValue()
    }
  }
}

/** The network in matrices, the sum in vectors: what a user of tensors would write. */
const tensorPrograms = {
  notebook: (tf, { x }) => [[tf.scalar(x[0])], a => tf.mul(tf.add(tf.mul(a, 4), 3), tf.add(a, 2))],
  MLP(tf, { points, labels, sizes, x }) {
    const layers = []
    let offset = 0
    for (let l = 1; l < sizes.length; l++) {
      const width = sizes[l - 1] + 1
      const rows = Array.from({ length: sizes[l] }, (_, j) => x.slice(offset + j * width, offset + (j + 1) * width))
      offset += sizes[l] * width
      layers.push(tf.tensor2d(rows.map(row => row.slice(0, -1))), tf.tensor1d(rows.map(row => row.at(-1))))
    }
    const [inputs, signs] = [tf.tensor2d(points), tf.tensor2d(labels.map(label => [label]))]
    const loss = (...parameters) => {
      let h = inputs
      for (let l = 0; l < parameters.length; l += 2) {
        h = tf.add(tf.matMul(h, parameters[l], false, true), parameters[l + 1])
        if (l + 2 < parameters.length) h = tf.relu(h)
      }
      const decay = parameters.map(p => tf.sum(tf.square(p))).reduce((a, b) => tf.add(a, b))
      return tf.add(tf.mean(tf.relu(tf.sub(1, tf.mul(h, signs)))), tf.mul(decay, 1e-4))
    }
    return [layers, loss]
  },
  Rosenbrock(tf, { x }) {
    const n = x.length - 1
    const f = v => {
      const [a, b] = [tf.slice(v, 0, n), tf.slice(v, 1, n)]
      const [d, e] = [tf.sub(b, tf.square(a)), tf.sub(1, a)]
      return tf.sum(tf.add(tf.mul(tf.square(d), 100), tf.square(e)))
    }
    return [[tf.tensor1d(x)], f]
  },
}

/** The gradients of layers in the order of the parameters: for each neuron its weights, then its bias. */
function inOrder(arrays, shapes, gradient) {
  if (arrays.length === 1) {
    for (const [i, each] of arrays[0].entries()) gradient[i] = each
    return
  }
  let at = 0
  for (let l = 0; l < arrays.length; l += 2) {
    const [rows, columns] = shapes[l]
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) gradient[at++] = arrays[l][j * columns + i]
      gradient[at++] = arrays[l + 1][j]
    }
  }
}

function tfjs(tf) {
  return ({ name }, data, gradient) => {
    const program = tensorPrograms[name.match(/^\w+/)[0]]
    if (!program) return 'not tried: a tensor for each number'
    const [parameters, f] = program(tf, data)
    const valueAndGrads = tf.valueAndGrads(f)
    const shapes = parameters.map(({ shape }) => shape)
    return () =>
      tf.tidy(() => {
        const { value, grads } = valueAndGrads(parameters)
        inOrder(
          grads.map(grad => grad.dataSync()),
          shapes,
          gradient,
        )
        return value.dataSync()[0]
      })
  }
}

/** Contestants by name; each gives a function to time, or says why it cannot take part. */
export async function npmPeers() {
  const require = createRequire(pathToFileURL(join(installed(), 'x.js')))
  const load = name => import(pathToFileURL(require.resolve(name)).href)
  const tf = require('@tensorflow/tfjs')
  await tf.setBackend('cpu')
  const simple = await load('simplegrad')
  const at = name => `${name.replace('@tensorflow/tfjs', 'tfjs cpu')} ${versions[name]}`
  return {
    [at('mathjs')]: mathjs(require('mathjs')),
    [at('simplegrad')]: simplegrad(simple, false),
    [`${at('simplegrad')}, kept`]: simplegrad(simple, true),
    [at('@tensorflow/tfjs')]: tfjs(tf),
  }
}
