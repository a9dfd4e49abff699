// What tsgrad is measured against: the recursive class of the notebook, and a port in the style of micrograd. Method names are
// tsgrad's, so that all run the same programs. Neither may be improved: they stand for what they are ports of.

/** The notebook's algorithm: each path is walked, and what is handed on is the accumulated gradient (so shared nodes are wrong). */
export class NotebookNumber {
  constructor(num, depends_on = [], creation_op = '') {
    this.num = num
    this.depends_on = depends_on
    this.creation_op = creation_op
    this.grad = null
  }
  static leaf = num => new NotebookNumber(num)
  static of = x => (typeof x === 'number' ? new NotebookNumber(x) : x)
  add(other) {
    const b = NotebookNumber.of(other)
    return new NotebookNumber(this.num + b.num, [this, b], 'add')
  }
  mul(other) {
    const b = NotebookNumber.of(other)
    return new NotebookNumber(this.num * b.num, [this, b], 'mul')
  }
  backward(flowing = 1) {
    this.grad = this.grad === null ? flowing : this.grad + flowing
    const [a, b] = this.depends_on
    if (this.creation_op === 'add') {
      a.backward(this.grad)
      b.backward(this.grad)
    }
    if (this.creation_op === 'mul') {
      a.backward(this.grad * b.num)
      b.backward(this.grad * a.num)
    }
  }
}

/** micrograd's Value: closures, a Set of children, a recursive sort. Source: Karpathy, micrograd/engine.py. */
export class MicrogradValue {
  constructor(num, children = []) {
    this.num = num
    this.grad = 0
    this.children = new Set(children)
    this.flow = () => {}
  }
  static leaf = num => new MicrogradValue(num)
  static of = x => (x instanceof MicrogradValue ? x : new MicrogradValue(x))
  add(other) {
    const b = MicrogradValue.of(other)
    const out = new MicrogradValue(this.num + b.num, [this, b])
    out.flow = () => {
      this.grad += out.grad
      b.grad += out.grad
    }
    return out
  }
  mul(other) {
    const b = MicrogradValue.of(other)
    const out = new MicrogradValue(this.num * b.num, [this, b])
    out.flow = () => {
      this.grad += b.num * out.grad
      b.grad += this.num * out.grad
    }
    return out
  }
  sub(other) {
    return this.add(MicrogradValue.of(other).mul(-1))
  }
  rsub(other) {
    return MicrogradValue.of(other).sub(this)
  }
  sin() {
    const out = new MicrogradValue(Math.sin(this.num), [this])
    out.flow = () => {
      this.grad += Math.cos(this.num) * out.grad
    }
    return out
  }
  max(other) {
    if (other !== 0) throw new Error('the port has relu only')
    const out = new MicrogradValue(this.num < 0 ? 0 : this.num, [this])
    out.flow = () => {
      this.grad += (out.num > 0) * out.grad
    }
    return out
  }
  backward() {
    const sorted = []
    const visited = new Set()
    const build = v => {
      if (visited.has(v)) return
      visited.add(v)
      for (const child of v.children) build(child)
      sorted.push(v)
    }
    build(this)
    this.grad = 1
    for (const v of sorted.reverse()) v.flow()
  }
}
