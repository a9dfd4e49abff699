/**
 * The expressions of generated text as trees: read from the texts of rules and templates, and spelled with as few parentheses as they need.
 * It must not know what they compute.
 */

/** A variable of the generated text; it gets its name when it is spelled. */
export interface Local {
  readonly wanted: string
  /** Whether something assigns it after its declaration. */
  isAssigned: boolean
  /** Whether it is read; one that is not is left out. */
  readonly isNumber: boolean
  /** Whether a function of the text may assign it, so that each call may change it. */
  isShared?: boolean
}

export type Formula =
  /** A literal or a name from outside of the text; TypeScript may know more of the type of the latter than that it is any. */
  | { readonly k: 'text'; readonly text: string; readonly isOuter?: boolean }
  | { readonly k: 'local'; readonly local: Local }
  | { readonly k: 'unary'; readonly sign: string; readonly of: Formula }
  | { readonly k: 'binary'; readonly sign: string; readonly left: Formula; readonly right: Formula }
  | { readonly k: 'choice'; readonly test: Formula; readonly whenTrue: Formula; readonly whenFalse: Formula }
  | { readonly k: 'call'; readonly of: Formula; readonly args: readonly Formula[] }
  | { readonly k: 'member'; readonly of: Formula; readonly key: Formula | string }
  | { readonly k: 'list'; readonly elements: readonly Formula[] }
  | { readonly k: 'record'; readonly properties: readonly (readonly [name: string, value: Formula])[] }
  /** What runs exactly once, in its place. */
  | { readonly k: 'once'; readonly of: Formula }
  /** Pieces that are no expression of these forms. */
  | { readonly k: 'pieces'; readonly pieces: readonly (Formula | string)[] }

export const text = (value: string): Formula => ({ k: 'text', text: value })
export const localOf = (local: Local): Formula => ({ k: 'local', local })
export const memberFormula = (of: Formula, key: Formula | string): Formula => ({ k: 'member', of, key })
export const callOf = (of: string, ...args: readonly Formula[]): Formula => ({ k: 'call', of: text(of), args })
export const choice = (test: Formula, whenTrue: Formula, whenFalse: Formula): Formula => ({
  k: 'choice',
  test,
  whenTrue,
  whenFalse,
})
export const opposite = (of: Formula): Formula => {
  if (of.k === 'unary' && of.sign === '-') return of.of
  if (isNumeral(of)) return text(of.text.startsWith('-') ? of.text.slice(1) : `-${of.text}`)
  return { k: 'unary', sign: '-', of }
}

export const isNumeral = (of: Formula): of is Formula & { readonly k: 'text' } =>
  of.k === 'text' && /^-?[\d.]+(?:e[+-]?\d+)?$/i.test(of.text)
export const isText = (of: Formula, wanted: string) => of.k === 'text' && of.text === wanted

const comparing: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
}

/** An operation; comparisons of literals are decided, which TypeScript would take for errors. */
export function infix(sign: string, left: Formula, right: Formula): Formula {
  if (comparing[sign] && isNumeral(left) && isNumeral(right))
    return text(`${comparing[sign](Number(left.text), Number(right.text))}`)
  if (sign === '===' && isText(right, 'undefined') && (isNumeral(left) || isText(left, 'undefined')))
    return text(`${!isNumeral(left)}`)
  if (sign === '&&' || sign === '||') {
    const [ends, goesOn] = sign === '&&' ? ['false', 'true'] : ['true', 'false']
    if (isText(left, ends) || isText(right, goesOn)) return left
    if (isText(left, goesOn) || isText(right, ends)) return right
  }
  if (sign === '+' && isText(right, '0')) return left
  if (sign === '-' && isText(right, '0')) return left
  // whole numbers, as in `x.length - 1 - 1`
  if ((sign === '+' || sign === '-') && isWholeNumeral(right) && left.k === 'binary' && isWholeNumeral(left.right)) {
    if (left.sign === '+' || left.sign === '-') {
      const sum = Number(`${left.sign}${left.right.text}`) + Number(`${sign}${right.text}`)
      return infix(sum < 0 ? '-' : '+', left.left, text(`${Math.abs(sum)}`))
    }
  }
  if ((sign === '+' || sign === '-') && isWholeNumeral(left) && isWholeNumeral(right)) {
    const sum = Number(left.text) + Number(`${sign}${right.text}`)
    return text(`${sum}`)
  }
  return { k: 'binary', sign, left, right }
}
const isWholeNumeral = (of: Formula): of is Formula & { readonly k: 'text' } =>
  of.k === 'text' && /^\d{1,9}$/.test(of.text)

// ---- reading

const tokens =
  /\s*(§\d+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[\p{ID_Start}$_][\p{ID_Continue}$]*|\*\*|===|!==|==|!=|<=|>=|<<|>>>|>>|&&|\|\||\?\?|[-+*/%<>!~&|^?:,.()[\]])/uy

const levels: readonly (readonly string[])[] = [
  ['??', '||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['===', '!==', '==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>', '>>>'],
  ['+', '-'],
  ['*', '/', '%'],
]
const POWER = levels.length + 2
const UNARY = levels.length + 1
const POSTFIX = POWER + 1
const levelOf = (sign: string) => levels.findIndex(each => each.includes(sign)) + 1

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
    if (token === undefined || !/^[§\d.\p{ID_Start}$_]/u.test(token)) isRead = false
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
    if (level === levels.length) return unary()
    let left = from(level + 1)
    while (levels[level]!.includes(found[at]!)) {
      const sign = found[at++]!
      const right = from(level + 1)
      // -0 + 0 is 0
      left = sign === '+' && isText(right, '0') ? { k: 'binary', sign, left, right } : infix(sign, left, right)
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

// ---- spelling

/** The text of a tree. */
export function formulaText(of: Formula, name: (local: Local) => string): string {
  const at = (part: Formula, level: number) => {
    const inner = formulaText(part, name)
    return bindingOf(part) < level ? `(${inner})` : inner
  }
  switch (of.k) {
    case 'text':
      return of.text
    case 'local':
      return name(of.local)
    case 'unary':
      return `${of.sign}${at(of.of, POSTFIX)}`
    case 'binary': {
      if (of.sign === '**') return `${at(of.left, POSTFIX)} ** ${at(of.right, UNARY)}`
      const level = levelOf(of.sign)
      // `??` beside `||` is an error
      const [left, right] = level <= 2 ? [6, 6] : [level, level + 1]
      return `${at(of.left, of.left.k === 'binary' && of.left.sign === of.sign ? level : left)} ${of.sign} ${at(of.right, right)}`
    }
    case 'choice':
      return `${at(of.test, 1)} ? ${at(of.whenTrue, 0)} : ${at(of.whenFalse, 0)}`
    case 'call':
      return `${of.of.k === 'text' ? of.of.text : at(of.of, POSTFIX)}(${of.args.map(each => at(each, 0)).join(', ')})`
    case 'member': {
      const object = isNumeral(of.of) ? `(${of.of.text})` : at(of.of, POSTFIX)
      const sure = isOuter(of.of) && of.key !== 'length' ? '!' : ''
      if (typeof of.key !== 'string')
        return `${object}[${isText(of.key, 'undefined') ? 'undefined as any' : at(of.key, 0)}]${sure}`
      const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(of.key)
      return (isName ? `${object}.${of.key}` : `${object}[${of.key}]`) + sure
    }
    case 'list':
      return `[${of.elements.map(each => at(each, 0)).join(', ')}]`
    case 'record':
      return of.properties.length === 0
        ? '{}'
        : `{ ${of.properties.map(([key, value]) => `${key}: ${at(value, 0)}`).join(', ')} }`
    case 'once':
      return formulaText(of.of, name)
    case 'pieces':
      return of.pieces.map(each => (typeof each === 'string' ? each : at(each, POSTFIX))).join('')
  }
}

const isOuter = (of: Formula): boolean => (of.k === 'member' ? isOuter(of.of) : of.k === 'text' && of.isOuter === true)

/** How tightly a form binds: a part that binds less than its place wants stands in parentheses. */
function bindingOf(of: Formula): number {
  switch (of.k) {
    case 'text':
      if (/^[-!+~]/.test(of.text)) return UNARY
      return /^(?:[\p{ID_Continue}$.]+|\(.*\)|["'].*["'])$/u.test(of.text) ? POSTFIX + 1 : 0
    case 'unary':
      return UNARY
    case 'binary':
      return of.sign === '**' ? POWER : levelOf(of.sign)
    case 'choice':
    case 'once':
      return 0
    case 'pieces':
      return of.pieces[0] === '(' ? POSTFIX : 0
    default:
      return POSTFIX
  }
}

/** Each part of a tree, itself first. */
export function* formulaParts(of: Formula): Generator<Formula> {
  yield of
  for (const each of directPartsOf(of)) yield* formulaParts(each)
}

function directPartsOf(of: Formula): readonly Formula[] {
  switch (of.k) {
    case 'unary':
    case 'once':
      return [of.of]
    case 'binary':
      return [of.left, of.right]
    case 'choice':
      return [of.test, of.whenTrue, of.whenFalse]
    case 'call':
      return [of.of, ...of.args]
    case 'member':
      return typeof of.key === 'string' ? [of.of] : [of.of, of.key]
    case 'list':
      return of.elements
    case 'record':
      return of.properties.map(([, value]) => value)
    case 'pieces':
      return of.pieces.filter(each => typeof each !== 'string')
    default:
      return []
  }
}

/** A tree with another one in the place of a variable. */
export function withInPlace(of: Formula, local: Local, by: Formula): Formula {
  const within = (each: Formula) => withInPlace(each, local, by)
  switch (of.k) {
    case 'local':
      return of.local === local ? by : of
    case 'unary':
    case 'once':
      return { ...of, of: within(of.of) }
    case 'binary':
      return { ...of, left: within(of.left), right: within(of.right) }
    case 'choice':
      return { ...of, test: within(of.test), whenTrue: within(of.whenTrue), whenFalse: within(of.whenFalse) }
    case 'call':
      return { ...of, of: within(of.of), args: of.args.map(within) }
    case 'member':
      return { ...of, of: within(of.of), key: typeof of.key === 'string' ? of.key : within(of.key) }
    case 'list':
      return { ...of, elements: of.elements.map(within) }
    case 'record':
      return { ...of, properties: of.properties.map(([key, value]) => [key, within(value)] as const) }
    case 'pieces':
      return { ...of, pieces: of.pieces.map(each => (typeof each === 'string' ? each : within(each))) }
    default:
      return of
  }
}
