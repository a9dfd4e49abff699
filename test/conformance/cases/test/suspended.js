/*---
description: operands that wait or yield are evaluated in their place
flags: [async]
---*/
function* generator() {
  let sum = 1
  sum += yield sum
  const o = { sum }
  ;(yield 'object')[yield 'key'] *= yield 'factor'
  return -(yield o.sum) + sum
}
const steps = generator()
const target = { k: 6 }
const sent = [undefined, 4, target, 'k', 7, 2].map(value => steps.next(value).value)
async function waits() {
  let x = 1
  const change = async () => ((x = 50), 2)
  x += await change()
  const list = [1]
  list[await 0] += await 4
  return (await x) * -(await list[0])
}
waits().then(value => {
  assert.sameValue(sent.join(), '1,object,key,factor,5,3', 'generator')
  assert.sameValue(target.k, 42, 'place')
  assert.sameValue(value, -15, 'async')
}).then($DONE, $DONE)
