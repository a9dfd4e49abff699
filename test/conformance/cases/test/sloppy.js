/*---
description: what strict code may not do
flags: [noStrict]
---*/
var scope = { x: 2 }
with (scope) {
  x *= 5
  x++
  var y = x - 1
}
assert.sameValue(`${scope.x} ${y}`, '11 10', 'with')
var yield = 3, let = 4
yield += let
let--
assert.sameValue(`${yield} ${let}`, '7 3', 'names')
;(function (first) {
  arguments[0] += 1
  first++
  assert.sameValue(arguments[0], 4, 'arguments')
})(2)
