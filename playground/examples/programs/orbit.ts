// Vectors of three with operators: a planet around a star.
import { frame, series } from 'playground'
import { Vector3 } from 'three'
import 'tsgrad/interop/three'

const gravity = 1
const step = 0.02
const distance = series('distance')
let position = new Vector3(1, 0, 0)
let velocity = new Vector3(0, 1.2, 0)

for (let i = 0; i < 600; i++) {
  // leapfrog: half a kick, a drift, half a kick
  velocity = velocity + pull(position) * (step / 2)
  position = position + velocity * step
  velocity = velocity + pull(position) * (step / 2)
  distance.add(position.length())
  if (i % 20 === 0) await frame()
}

function pull(at: Vector3): Vector3 {
  return -at * (gravity / at.length() ** 3)
}

const energy = velocity.lengthSq() / 2 - gravity / position.length()
console.log('energy at the end:', energy.toFixed(4), 'at the start:', (1.2 ** 2 / 2 - 1).toFixed(4))
