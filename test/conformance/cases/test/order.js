/*---
description: each operand is evaluated once, from left to right, before any of them is converted
---*/
let log = ''
const note = (name, value) => {
  log += name
  return { valueOf: () => ((log += name.toUpperCase()), value) }
}
assert.sameValue(note('a', 2) * note('b', 3) + note('c', 4), 10, 'value')
assert.sameValue(log, 'abABcC', 'a * b + c')
log = ''
assert.sameValue(note('a', 7) - (note('b', 2) ** note('c', 2) - -note('d', 1)), 2, 'value')
assert.sameValue(log, 'abcBCdDA', 'a - (b ** c - -d)')
log = ''
assert.sameValue(note('a', 1) < note('b', 2), true, 'value')
assert.sameValue(log, 'abAB', 'a < b')
assert.sameValue(2 ** [3] ** 2, 512, '** associates to the right')
assert.sameValue([10] - 4 - 3, 3, '- associates to the left')
assert.sameValue((-[2]) ** 2, 4, '(-a) ** 2')
assert.sameValue([1] - -[1], 2, 'a - -b')
assert.sameValue('1' + [2] * 3, '16', 'text + product')
assert.sameValue([1] < 2 == true, true, 'a comparison of a comparison')
