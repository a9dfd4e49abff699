/*---
description: optional chains, logical assignments, destructuring and loops around operators
flags: [onlyStrict]
---*/
const o = { a: { n: 2 }, z: null }
assert.sameValue(o?.a.n * 3, 6, 'o?.a.n * 3')
assert.sameValue(o.q?.[o.n++], undefined, 'a skipped step')
assert.sameValue('n' in o, false, 'was skipped')
let x = null
x ??= o.a.n * 4
x &&= x - 1
x ||= x / 0
assert.sameValue(x, 7, 'logical assignments')
const [p = x + 1, { q: [r = p * 2] = [], ...rest }] = [, { s: -x }]
assert.sameValue(`${p} ${r} ${rest.s}`, '8 16 -7', 'destructuring')
;[o.a.n, x] = [x * 2, o.a.n + x]
assert.sameValue(`${o.a.n} ${x}`, '14 9', 'a swap')
const kept = []
for (let i = 0, end = 4 - 1; i < end; i++) kept.push(() => i * 10)
assert.sameValue(kept.map(each => each()).join(), '0,10,20', 'one binding in each round')
const tag = (parts, ...values) => parts.raw.length + values.reduce((sum, each) => sum + each)
assert.sameValue(tag`${x * 2}|${-x}`, 12, 'a tagged template')
label: for (const each of [1, 2, 3]) {
  switch (each % 2) {
    case 2 - 1: continue label
    default: x += each
  }
}
assert.sameValue(x, 11, 'switch in a labelled loop')
