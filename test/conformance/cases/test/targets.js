/*---
description: the object and the key of a target are evaluated once
---*/
let log = ''
const o = { x: 1, get seen() { log += 'get '; return 4 }, set seen(v) { log += `set ${v} ` } }
const f = () => ((log += 'f '), o)
const key = name => ((log += 'key '), name)
f().x += 2
assert.sameValue(o.x, 3, 'f().x += 2')
f()[key('x')] *= f().x
assert.sameValue(o.x, 9, 'f()[key] *= f().x')
assert.sameValue(f().x++, 9, 'f().x++')
assert.sameValue(--f()[key('x')], 9, '--f()[key]')
assert.sameValue(log, 'f f key f f f key ', 'calls')
log = ''
assert.sameValue(o.seen++, 4, 'o.seen++')
assert.sameValue((o.seen -= 3), 1, 'o.seen -= 3')
assert.sameValue(log, 'get set 5 get set 1 ', 'accessors')
const list = [1, 2, 3]
let i = 0
list[i++] *= 10
list[i++]++
assert.sameValue(`${list} ${i}`, '10,3,3 2', 'list[i++]')
list[(i = 0), 2] += 1
assert.sameValue(`${list} ${i}`, '10,3,4 0', 'a comma inside of the brackets')
list[++i, 0]--
assert.sameValue(`${list} ${i}`, '9,3,4 1', 'the same in a step')
let x = 5
x += (x = 100, 1)
assert.sameValue(x, 6, 'the old x')
assert.sameValue((x++, x), 7, 'x++ in a comma')
;(x) -= 2
assert.sameValue(x, 5, 'in parentheses')
