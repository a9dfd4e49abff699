/*---
description: a module imports the helpers, and its live bindings change
flags: [module]
---*/
import * as self from './module.js'
export let count = 1
count += 4
count++
export default -count * 2
assert.sameValue(self.count, 6, 'a live binding')
assert.sameValue(self.default, -12, 'a default export')
assert.sameValue(this, undefined, 'this')
