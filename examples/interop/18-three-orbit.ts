// The vectors, matrices and quaternions of three take part: each operator makes a new object, none changes its operands.
import { Matrix4, Quaternion, Vector3 } from 'three'
import 'tsgrad/interop/three'

const shown = (v: Vector3) =>
  v
    .toArray()
    .map(x => x.toFixed(3))
    .join(', ')

// a planet round a sun, by the leapfrog method
const gravity = (position: Vector3) => -position / position.length() ** 3
const start = new Vector3(1, 0, 0)
let position = start
let velocity = new Vector3(0, 1, 0)
const steps = 1000
const dt = (2 * Math.PI) / steps
for (let i = 0; i < steps; i++) {
  velocity += gravity(position) * (dt / 2)
  position += velocity * dt
  velocity += gravity(position) * (dt / 2)
}
console.log(`started at ${shown(start)}`)
console.log(`after one round, distance from there: ${(position - start).length().toFixed(3)}`)

// matrix * vector, quaternion * vector
const quarter = new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), Math.PI / 2)
const lift = new Matrix4().makeTranslation(0, 0, 2)
const turn = new Matrix4().makeRotationFromQuaternion(quarter)
console.log(`turned: ${shown(quarter * start)}`)
console.log(`turned and lifted: ${shown(lift * turn * start)}`)
console.log(`turned twice: ${shown(quarter * quarter * start)}`)
