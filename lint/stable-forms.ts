/**
 * Formulas that lose digits or overflow, each with the function that computes the same without.
 * It must not know types, nor how a report is made.
 */
import type { TSESTree } from '@typescript-eslint/utils'

type Node = TSESTree.Node
type Expression = TSESTree.Expression

/** The arguments of a call of a function of `Math` or of tsgrad, if `node` is one of that name. */
export type CallOf = (node: Node, name: string) => readonly Expression[] | undefined

export interface Stable {
  /** The function to use: of `Math`, or imported from tsgrad. */
  readonly name: string
  readonly home: 'Math' | 'tsgrad'
  /** Its arguments, and their text. */
  readonly operands: readonly Expression[]
  write(texts: readonly string[]): string
  /** Whether the result and its derivatives are the same for all values at which they are right; otherwise the change is a suggestion, which a person must confirm. */
  readonly isSame: boolean
  /** What is wrong with the formula. */
  readonly why: string
}

/** The stable form of an expression, if it is one of the formulas. `text` returns the source text of a node. */
export function stableForm(node: Node, call: CallOf, text: (node: Node) => string): Stable | undefined {
  const forms = { call, text, one: (name: string, at: Node) => call(at, name)?.[0] }
  for (const find of [ofLog, ofQuotient, ofDifference, ofRoot]) {
    const found = find(node, forms)
    if (found) return found
  }
  return undefined
}

interface FormReaders {
  readonly call: CallOf
  readonly text: (node: Node) => string
  /** The first argument of a call of that name. */
  one(name: string, at: Node): Expression | undefined
}

const OVERFLOWS = 'overflows where `exp` overflows'
const NO_PROBABILITY = 'is -Infinity where `sigmoid` is 1'
const LOSES = 'loses the digits of a small operand'

const plainly = ([only]: readonly string[]) => only!
const negated = ([only]: readonly string[]) => (/^[\w$.]+$/.test(only!) ? `-${only}` : `-(${only})`)

function stable(
  home: Stable['home'],
  name: string,
  why: string,
  operands: readonly Expression[],
  write: Stable['write'] = texts => texts.join(', '),
  isSame = true,
): Stable {
  return { home, name, why, operands, write, isSame }
}

/** log(1 + exp x), log(sigmoid x), log(1 - sigmoid x), log Σ exp x, log(1 + x), log(1 - x) */
function ofLog(node: Node, forms: FormReaders): Stable | undefined {
  const added = forms.one('log1p', node)
  const power = added && forms.one('exp', added)
  if (power) return stable('tsgrad', 'softplus', OVERFLOWS, [power])
  const taken = added?.type === 'UnaryExpression' && added.operator === '-' && forms.one('sigmoid', added.argument)
  if (taken) return stable('tsgrad', 'logSigmoid', NO_PROBABILITY, [taken], negated)
  const x = forms.one('log', node)
  if (!x) return undefined
  const logit = forms.one('sigmoid', x)
  if (logit) return stable('tsgrad', 'logSigmoid', 'is -Infinity where `sigmoid` is 0', [logit])
  return ofLogOfSum(x, forms) ?? ofLogOfReduction(x, forms)
}

function ofLogOfSum(x: Expression, forms: FormReaders): Stable | undefined {
  const exponents = termsOf(x).map(term => forms.one('exp', term))
  if (exponents.length > 1 && exponents.every(each => each !== undefined))
    return stable('tsgrad', 'logSumExp', OVERFLOWS, exponents, texts => `[${texts.join(', ')}]`)
  const other = besidesOne(x)
  if (other) {
    const exponent = forms.one('exp', other)
    return exponent ? stable('tsgrad', 'softplus', OVERFLOWS, [exponent]) : stable('Math', 'log1p', LOSES, [other])
  }
  if (x.type !== 'BinaryExpression' || x.operator !== '-' || !isOne(x.left)) return undefined
  const logit = forms.one('sigmoid', x.right)
  return logit
    ? stable('tsgrad', 'logSigmoid', NO_PROBABILITY, [logit], negated)
    : stable('Math', 'log1p', LOSES, [x.right], negated)
}

/** log(sum(xs.map(x => exp(x)))), log(xs.map(x => exp(x)).reduce((p, q) => p + q)) */
function ofLogOfReduction(x: Expression, forms: FormReaders): Stable | undefined {
  const mapped = forms.one('sum', x) ?? reducedByPlus(x)
  const [mapping, ...others] = (mapped && methodCall(mapped, 'map')?.arguments) ?? []
  if (!mapped || !mapping || others.length > 0 || mapping.type !== 'ArrowFunctionExpression') return undefined
  const [parameter, second] = mapping.params
  const exponent = forms.one('exp', mapping.body)
  if (parameter?.type !== 'Identifier' || second || !exponent) return undefined
  const xs = methodCall(mapped, 'map')!.object
  const isItself = exponent.type === 'Identifier' && exponent.name === parameter.name
  const write = (texts: readonly string[]) =>
    isItself ? texts[1]! : `${texts[1]}.map(${forms.text(parameter)} => ${texts[0]})`
  // an empty sum is 0, but logSumExp of an empty array throws
  return stable('tsgrad', 'logSumExp', OVERFLOWS, [exponent, xs], write, false)
}

/** 1 / (1 + exp -x), exp x / (1 + exp x) */
function ofQuotient(node: Node, forms: FormReaders): Stable | undefined {
  if (node.type !== 'BinaryExpression' || node.operator !== '/') return undefined
  const other = besidesOne(node.right)
  const exponent = other && forms.one('exp', other)
  if (!exponent) return undefined
  const why = 'gives NaN or a wrong gradient where `exp` overflows'
  if (isOne(node.left))
    return exponent.type === 'UnaryExpression' && exponent.operator === '-'
      ? stable('tsgrad', 'sigmoid', why, [exponent.argument])
      : stable('tsgrad', 'sigmoid', why, [exponent], negated)
  const above = forms.one('exp', node.left)
  return above && isSamePlain(above, exponent, forms) ? stable('tsgrad', 'sigmoid', why, [exponent]) : undefined
}

/** exp x - 1 */
function ofDifference(node: Node, forms: FormReaders): Stable | undefined {
  if (node.type !== 'BinaryExpression' || node.operator !== '-' || !isOne(node.right)) return undefined
  const exponent = forms.one('exp', node.left)
  return exponent && stable('Math', 'expm1', LOSES, [exponent], plainly)
}

/** sqrt(x * x + y * y + …), also with a 1 among them, without which it is 0 at the origin: there its derivative is NaN, that of hypot 0. */
function ofRoot(node: Node, forms: FormReaders): Stable | undefined {
  const sum = forms.one('sqrt', node)
  const terms = sum ? termsOf(sum) : []
  if (terms.length < 2) return undefined
  const bases = terms.map(term => (isOne(term) ? term : squared(term, forms)))
  if (!bases.every(each => each !== undefined)) return undefined
  const overflows = 'overflows where a square overflows'
  if (terms.some(isOne)) return stable('Math', 'hypot', overflows, bases)
  const why = `${overflows}; where all operands are 0 its derivative is NaN and that of \`hypot\` 0, and neither has a second one`
  return stable('Math', 'hypot', why, bases, texts => texts.join(', '), false)
}

function squared(node: Expression, forms: FormReaders): Expression | undefined {
  if (node.type !== 'BinaryExpression') return undefined
  const { left, operator, right } = node as TSESTree.BinaryExpression & { left: Expression }
  if (operator === '**') return right.type === 'Literal' && right.value === 2 ? left : undefined
  return operator === '*' && isSamePlain(left, right, forms) ? left : undefined
}

/** The terms of a sum, from left to right. */
function termsOf(node: Expression): readonly Expression[] {
  const terms: Expression[] = []
  let at: Expression = node
  while (at.type === 'BinaryExpression' && at.operator === '+') {
    terms.unshift(at.right)
    at = at.left as Expression
  }
  return [at, ...terms]
}

/** The other term of `1 + x` and `x + 1`. */
function besidesOne(node: Expression): Expression | undefined {
  const [first, second, third] = termsOf(node)
  if (!first || !second || third) return undefined
  return isOne(first) ? second : isOne(second) ? first : undefined
}

const isOne = (node: Node) => node.type === 'Literal' && node.value === 1

/** Whether two expressions have the same text and the same value, however often they are evaluated. */
function isSamePlain(left: Expression, right: Expression, { text }: FormReaders): boolean {
  return text(left) === text(right) && isPureExpression(left)
}

function isPureExpression(node: Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
    case 'Literal':
      return true
    case 'MemberExpression':
      return isPureExpression(node.object) && (!node.computed || isPureExpression(node.property))
    case 'TSNonNullExpression':
      return isPureExpression(node.expression)
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPureExpression(node.argument)
    case 'BinaryExpression':
      return isPureExpression(node.left) && isPureExpression(node.right)
    default:
      return false
  }
}

interface CalledMethod {
  readonly object: Expression
  readonly arguments: readonly TSESTree.CallExpressionArgument[]
}

function methodCall(node: Node, name: string): CalledMethod | undefined {
  if (node.type !== 'CallExpression' || node.optional) return undefined
  const { callee, arguments: given } = node
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return undefined
  return (callee.property as TSESTree.Identifier).name === name
    ? { object: callee.object, arguments: given }
    : undefined
}

/** What `xs.reduce((p, q) => p + q)` sums, also when it starts at 0. */
function reducedByPlus(node: Node): Expression | undefined {
  const call = methodCall(node, 'reduce')
  const [adding, start] = call?.arguments ?? []
  if (adding?.type !== 'ArrowFunctionExpression' || adding.body.type !== 'BinaryExpression') return undefined
  if (start && !(start.type === 'Literal' && start.value === 0)) return undefined
  const names = [...adding.params, adding.body.left, adding.body.right].map(each =>
    each.type === 'Identifier' ? each.name : '',
  )
  const isSum = adding.body.operator === '+' && names[0] === names[2] && names[1] === names[3] && !names.includes('')
  return isSum && names.length === 4 ? call!.object : undefined
}
