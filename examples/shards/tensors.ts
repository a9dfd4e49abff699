// GPUs: the loss of shard.ts in the same words, on tensors that hold all points; TensorFlow.js computes it, here on its CPU backend.
// on a GPU, the package of another backend: tfjs-backend-webgpu or tfjs-backend-webgl
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers' // registers the gradients; in Node, tfjs-core alone has none
import { grads, type Scalar, scalar, sum, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core'
import 'tsgrad/interop/tfjs'
import part, { pointsOf } from './shard.js'

const data = pointsOf(0)
const x = tensor1d(data.map(({ x }) => x))
const y = tensor1d(data.map(({ y }) => y))
const passed = tensor1d(data.map(({ passed }) => passed))

const loss = (...w: Tensor[]): Scalar => {
  const z = passed * (w[0]! + w[1]! * x + w[2]! * y + w[3]! * x * y)
  return sum(Math.log1p(Math.exp(-Math.abs(z))) + Math.max(-z, 0))
}

const weights = [0.1, 1, -0.5, 0.2]
// tidy frees what is not returned: numbers are read out inside of it
const found = tidy(() => {
  const at = weights.map(w => scalar(w))
  return [loss(...at), ...grads(loss)(at)].map(value => value.dataSync()[0]!)
})
const { loss: exact, gradient } = part({ shard: 0, weights })
const differences = [exact, ...gradient].map((value, i) => Math.abs(found[i]! / value - 1))
console.log(`loss and gradient on tensors: ${found.map(value => value.toFixed(1)).join(' ')}`)
console.log(`within 1e-4 of the compiled gradient: ${Math.max(...differences) < 1e-4}`)
