// A ball is thrown at a target, against the air. Each
// step of its flight is natural math, so the miss has a
// gradient: it says how to throw better.
import { NumberWithGrad } from 'tsgrad'
import { contours, frame, input } from 'playground'

const target = input('target', 9, { min: 5, max: 14 })
const drag = input('drag', 0.05, { min: 0, max: 0.12 })

/** How far the ball flies. */
function flight(
  angle: NumberWithGrad,
  speed: NumberWithGrad,
): NumberWithGrad {
  let x = new NumberWithGrad(0)
  let y = new NumberWithGrad(1.5)
  let vx = speed * Math.cos(angle)
  let vy = speed * Math.sin(angle)
  for (let step = 0; step < 80 && y > 0; step++) {
    const air = drag.num * Math.hypot(vx, vy)
    vx -= 0.05 * air * vx
    vy -= 0.05 * (air * vy + 9.81)
    x += 0.05 * vx
    y += 0.05 * vy
  }
  // where it met the ground, between two steps
  return x - (y / vy) * vx
}

const miss = (angle: NumberWithGrad, speed: NumberWithGrad) =>
  (flight(angle, speed) - target.num) ** 2
const map = contours(miss, {
  title: 'miss, by angle and speed',
  x: [0.1, 1.4],
  y: [4, 16],
})

const angle = new NumberWithGrad(0.3)
const speed = new NumberWithGrad(6)
for (let step = 0; step < 60; step++) {
  map.visit(angle, speed)
  angle.clearGrad()
  speed.clearGrad()
  miss(angle, speed).backward()
  angle.num -= 0.0004 * angle.grad!
  speed.num -= 0.02 * speed.grad!
  await frame()
}
const degrees = (angle.num * 180) / Math.PI
console.log(`angle ${degrees.toFixed(1)}°, speed ${speed} m/s`)
console.log(`lands at ${flight(angle, speed)} m`)
