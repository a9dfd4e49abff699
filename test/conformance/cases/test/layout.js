/*---
description: line breaks end statements where they did, comments stay comments, and what starts a statement still does
---*/
let a = 1, b = 2
a
++b
assert.sameValue(`${a} ${b}`, '1 3', 'a, then ++b')
a++
;[b] = [7]
const list = [3]
a--
[0].length
assert.sameValue(`${a} ${b}`, '1 7', 'a bracket after a step')
const c = a /* + */ + // one
  b
  - -list
assert.sameValue(c, 11, 'comments')
const late = () => {
  return -
    a
}
assert.sameValue(late(), -1, 'an operand on the next line')
const none = () => {
  return
  -a
}
assert.sameValue(none(), undefined, 'an operand after the end')
if (a) b++
else b--
do a++
while (a < 5)
assert.sameValue(typeof-a, 'number', 'typeof-a')
assert.sameValue(void-a, undefined, 'void-a')
assert.sameValue(a+++b, 13, 'a+++b')
assert.sameValue(a- -b, 14, 'a- -b')
assert.sameValue((function () { return -a })() + (() => ({ n: +a }))().n, 0, 'functions')
assert.sameValue(function () {} + 1 + class {} === 'function () {}1class {}', true, 'a function and a class')
let plain = 7
plain
-c
assert.sameValue((() => -{ valueOf: () => 3 })(), -3, 'an object')
assert.sameValue(new Date - new Date <= 0, true, 'new without arguments')
assert.sameValue(2 .valueOf() - -1 - (x => x)(1), 2, 'numbers')
const late2 = async () => { -await a }
late2()
~plain
assert.sameValue([...'ab' + 'c'.repeat(plain - 5)].join('-'), 'a-b-c-c', 'spread')
