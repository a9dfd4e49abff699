/*---
description: null and undefined are operands too
---*/
const o = { z: null }
assert.sameValue(o.z?.n + 1, NaN, 'o.z?.n + 1')
assert.sameValue(o.z + 1, 1, 'null + 1')
assert.sameValue(-o.z, -0, '-null')
assert.sameValue(o.q++, NaN, 'undefined++')
assert.sameValue(o.z++, 0, 'null++')
assert.sameValue(o.z, 1, 'afterwards')
