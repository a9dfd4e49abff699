/** The expressions of generated text as trees, and their parts. It must not know what they compute, nor how they are read or spelled. */

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

// ---- parts

/** Each part of a tree, itself first. */
export function formulaParts(of: Formula): readonly Formula[] {
  const found = [of]
  for (const each of found) found.push(...directPartsOf(each))
  return found
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
