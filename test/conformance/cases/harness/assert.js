// What the cases compare with; the file stands where test262 has its own.
const assert = {
  sameValue(actual, expected, message) {
    if (!Object.is(actual, expected)) throw new Test262Error(`${message}: ${String(actual)}, not ${String(expected)}`)
  },
  throws(constructor, act) {
    try {
      act()
    } catch (error) {
      if (error.constructor === constructor) return
      throw new Test262Error(`${error} instead of ${constructor.name}`)
    }
    throw new Test262Error(`no ${constructor.name}`)
  },
}
