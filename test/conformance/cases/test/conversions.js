/*---
description: any value takes JavaScript's own meaning, and its errors
---*/
let x = '5'
assert.sameValue(x++, 5, "'5'++")
assert.sameValue(x, 6, 'afterwards')
let converted = 0
x = { valueOf: () => ++converted }
assert.sameValue(x--, 1, 'an object--')
assert.sameValue(`${x} ${converted}`, '0 1', 'converted once')
const o = { n: '7', b: 7n }
assert.sameValue(o.n++, 7, 'a property')
assert.sameValue(o.b++, 7n, 'a bigint')
assert.sameValue(-o.b, -8n, 'a negative bigint')
assert.throws(TypeError, () => o.b + 1)
assert.throws(TypeError, () => +o.b)
assert.throws(TypeError, () => Symbol() * 1)
assert.throws(TypeError, () => o.missing.x++)
assert.throws(ReferenceError, () => { missing += 1 })
const hints = []
const hinted = { [Symbol.toPrimitive]: hint => (hints.push(hint), 1) }
;[hinted + 1, hinted - 1, -hinted, hinted < 1, `${hinted}`, Math.max(hinted, 0)]
assert.sameValue(hints.join(), 'default,number,number,number,string,number', 'hints')
assert.sameValue(typeof (new Date(0) + 1), 'string', 'a date joins')
