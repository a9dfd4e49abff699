// The Tensor of TensorFlow.js takes part: `w * x + b` with the gradients of tf.grads, on its CPU backend.
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers' // registers the gradients; in Node, tfjs-core alone has none
import { grads, mean, type Scalar, scalar, type Tensor, tensor1d } from '@tensorflow/tfjs-core'
import 'tsgrad/interop/tfjs'

const x = tensor1d([0, 0.25, 0.5, 0.75, 1])
const y = 2 * x + 1

const loss = (w: Tensor, b: Tensor): Scalar => mean((w * x + b - y) ** 2)
const gradient = grads(loss)

let w: Tensor = scalar(0)
let b: Tensor = scalar(0)
for (let step = 0; step <= 200; step++) {
  const [dw, db] = gradient([w, b])
  if (step % 100 === 0) {
    const [wNow, bNow, lossNow] = [w, b, loss(w, b)].map(value => value.dataSync()[0]!.toFixed(3))
    console.log(`step ${step}: y = ${wNow} x + ${bNow}, loss ${lossNow}`)
  }
  w -= dw! * 0.5
  b -= db! * 0.5
}
