/*---
description: private fields, super, static blocks, computed keys and initialisers
---*/
class Base {
  get total() { return this.t ?? 1 }
  set total(v) { this.t = v }
}
let n = 0
class Sum extends Base {
  static #count = n++ + 1
  static { Sum.#count *= 5 }
  #w = -n
  static get count() { return this.#count }
  ['key' + ++n](rate = this.#w * 2) {
    this.#w -= rate * this.#w
    super.total += 10
    super['total'] *= 2
    const bump = () => super.total++
    return [this.#w, bump(), this.total, ++this.self().#w, this.self().#w++].join()
  }
  self() { return this }
}
assert.sameValue(Sum.count, 10, 'a static block')
assert.sameValue(new Sum().key1(), '-10,22,23,-9,-9', 'a method')
