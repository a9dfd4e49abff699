// The run-time helpers with JavaScript's own meaning for every value, under the names and with the arguments that lowered text
// uses. A classic script, run inside of each realm, so that the errors it throws are that realm's. It must not know tsgrad's classes.
;(() => {
  const binary = {
    '+': (l, r) => l + r,
    '-': (l, r) => l - r,
    '*': (l, r) => l * r,
    '/': (l, r) => l / r,
    '%': (l, r) => l % r,
    '**': (l, r) => l ** r,
    '&': (l, r) => l & r,
    '|': (l, r) => l | r,
    '^': (l, r) => l ^ r,
    '<<': (l, r) => l << r,
    '>>': (l, r) => l >> r,
    '>>>': (l, r) => l >>> r,
    '<': (l, r) => l < r,
    '>': (l, r) => l > r,
    '<=': (l, r) => l <= r,
    '>=': (l, r) => l >= r,
  }
  // `converted` is what a native `x++` gives: the old value as a number or bigint
  const unary = {
    'unary -': x => -x,
    'unary +': x => +x,
    '~': x => ~x,
    '++': x => {
      let next = x
      helpers.converted = next++
      return next
    },
    '--': x => {
      let next = x
      helpers.converted = next--
      return next
    },
  }

  class Place {
    constructor(object, key, old) {
      this.object = object
      this.key = key
      this.old = old
    }
    assign(key, method, reflected, right, write) {
      const value = helpers.dispatchBinary(key, method, reflected, this.old, right)
      write(this.object, this.key, value)
      return value
    }
    step(key, method, write) {
      const value = helpers.dispatchUnary(key, method, this.old)
      write(this.object, this.key, value)
      return value
    }
    stepAfter(key, method, write) {
      const value = helpers.dispatchUnary(key, method, this.old)
      const { converted } = helpers
      write(this.object, this.key, value)
      return converted
    }
  }

  const helpers = {
    calls: 0,
    // whether some operator had null or undefined on the left, which have no methods
    absent: false,
    converted: undefined,
    dispatchBinary(key, _method, _reflected, left, right) {
      helpers.calls++
      helpers.absent ||= left === null || left === undefined
      return binary[key](left, right)
    },
    dispatchUnary(key, _method, operand) {
      helpers.calls++
      helpers.absent ||= operand === null || operand === undefined
      return unary[key](operand)
    },
    dispatchMath(name, _method, _reflected, ...operands) {
      helpers.calls++
      helpers.absent ||= operands[0] === null || operands[0] === undefined
      return Math[name](...operands)
    },
    evaluatedFirst: () => helpers.converted,
    place: (object, key, read) => new Place(object, key, read(object, key)),
  }
  // `a.named(b)` needs a method on every value; null, undefined and objects without a prototype have none
  const define = (key, value) => {
    const counted = {
      [key](...operands) {
        helpers.calls++
        return value(this, ...operands)
      },
    }[key]
    Object.defineProperty(Object.prototype, `operator ${key}`, { value: counted, writable: true, configurable: true })
  }
  for (const [key, value] of Object.entries({ ...binary, ...unary })) define(key, value)
  for (const name of Object.getOwnPropertyNames(Math))
    if (typeof Math[name] === 'function') define(`Math.${name}`, (...operands) => Math[name](...operands))
  Object.defineProperty(globalThis, '__tsgrad', { value: helpers, configurable: true })
})()
