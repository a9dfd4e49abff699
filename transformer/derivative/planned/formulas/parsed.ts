/** The trees of the texts of rules and templates. It must not know more of TypeScript than these have. */
import { choice, type Formula, infix, isNumeral, isText, memberFormula, opposite, text } from '../formulas.ts'
import { signLevels } from './levels.ts'

const tokens =
  /\s*(§\d+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[\p{ID_Start}$_][\p{ID_Continue}$]*|\*\*|===|!==|==|!=|<=|>=|<<|>>>|>>|&&|\|\||\?\?|[-+*/%<>!~&|^?:,.()[\]])/uy

/** The tree of a text in which `fill` stands for some of its names; undefined for forms that no rule has. */
export function parsedFormula(source: string, fill: (name: string) => Formula | undefined): Formula | undefined {
  const found: string[] = []
  tokens.lastIndex = 0
  for (let at = 0; at < source.trimEnd().length; at = tokens.lastIndex) {
    const token = tokens.exec(source)?.[1]
    if (token === undefined) return undefined
    found.push(token)
  }
  let at = 0
  let isRead = true
  const take = (wanted: string) => {
    if (found[at] === wanted) at++
    else isRead = false
  }
  const atom = (): Formula => {
    const token = found[at++]
    if (token === '(') {
      const within = ternary()
      take(')')
      return within
    }
    if (token === undefined || !/^(?:[§\d\p{ID_Start}$_]|\.\d)/u.test(token)) isRead = false
    return fill(token ?? '') ?? text(token ?? '')
  }
  const postfix = (): Formula => {
    let of = atom()
    for (;;) {
      if (found[at] === '.') {
        at++
        const name = found[at++]!
        of =
          of.k === 'text' && !of.isOuter && /^[\p{ID_Start}$_]/u.test(of.text)
            ? text(`${of.text}.${name}`)
            : memberFormula(of, name)
      } else if (found[at] === '(') {
        at++
        const args: Formula[] = []
        while (found[at] !== ')' && at < found.length) {
          args.push(ternary())
          if (found[at] === ',') at++
        }
        take(')')
        of = { k: 'call', of, args }
      } else if (found[at] === '[') {
        at++
        of = memberFormula(of, ternary())
        take(']')
      } else return of
    }
  }
  const unary = (): Formula => {
    const sign = found[at]!
    if (['-', '+', '!', '~'].includes(sign)) {
      at++
      const of = unary()
      return sign === '-' && isNumeral(of) ? opposite(of) : { k: 'unary', sign, of }
    }
    const base = postfix()
    if (found[at] !== '**') return base
    at++
    return { k: 'binary', sign: '**', left: base, right: unary() }
  }
  const from = (level: number): Formula => {
    if (level === signLevels.length) return unary()
    let left = from(level + 1)
    while (signLevels[level]!.includes(found[at]!)) {
      const sign = found[at++]!
      const right = from(level + 1)
      left = mayRound(sign, left, right) ? { k: 'binary', sign, left, right } : infix(sign, left, right)
    }
    return left
  }
  const ternary = (): Formula => {
    const test = from(0)
    if (found[at] !== '?') return test
    at++
    const whenTrue = ternary()
    take(':')
    const whenFalse = ternary()
    if (isText(test, 'true')) return whenTrue
    return isText(test, 'false') ? whenFalse : choice(test, whenTrue, whenFalse)
  }
  const whole = ternary()
  return isRead && at === found.length ? whole : undefined
}

/** Whether folding constants may give another number: -0 + 0 is 0, and x + 1e8 - 1e8 is rounded. A length is a whole number. */
function mayRound(sign: string, left: Formula, right: Formula): boolean {
  if (sign === '+' && isText(right, '0')) return true
  return /^[-+]$/.test(sign) && left.k === 'binary' && !isOfLength(left)
}
const isOfLength = (of: Formula): boolean =>
  of.k === 'binary' ? /^[-+]$/.test(of.sign) && isOfLength(of.left) : of.k === 'member' && of.key === 'length'
