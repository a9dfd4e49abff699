/** The texts of trees, with as few parentheses as they need. It must not know what they compute. */
import { type Formula, isNumeral, isText, type Local } from '../formulas.ts'
import { levelOf, POSTFIX_LEVEL, POWER_LEVEL, UNARY_LEVEL } from './levels.ts'

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
      return `${of.sign}${at(of.of, POSTFIX_LEVEL)}`
    case 'binary': {
      if (of.sign === '**') return `${at(of.left, POSTFIX_LEVEL)} ** ${at(of.right, UNARY_LEVEL)}`
      const level = levelOf(of.sign)
      // `??` beside `||` is an error
      const [left, right] = level <= 2 ? [6, 6] : [level, level + 1]
      return `${at(of.left, of.left.k === 'binary' && of.left.sign === of.sign ? level : left)} ${of.sign} ${at(of.right, right)}`
    }
    case 'choice':
      return `${at(of.test, 1)} ? ${at(of.whenTrue, 0)} : ${at(of.whenFalse, 0)}`
    case 'call':
      return `${of.of.k === 'text' ? of.of.text : at(of.of, POSTFIX_LEVEL)}(${of.args.map(each => at(each, 0)).join(', ')})`
    case 'member': {
      const object = isNumeral(of.of) ? `(${of.of.text})` : at(of.of, POSTFIX_LEVEL)
      const sure = isOuter(of.of) && of.key !== 'length' ? '!' : ''
      if (typeof of.key !== 'string')
        return `${object}[${isText(of.key, 'undefined') ? 'undefined as any' : at(of.key, 0)}]${sure}`
      return (isPropertyName(of.key) ? `${object}.${of.key}` : `${object}[${keyText(of.key)}]`) + sure
    }
    case 'list':
      return `[${of.elements.map(each => at(each, 0)).join(', ')}]`
    case 'record':
      return of.properties.length === 0
        ? '{}'
        : `{ ${of.properties.map(([key, value]) => `${keyText(key)}: ${at(value, 0)}`).join(', ')} }`
    case 'once':
      return formulaText(of.of, name)
    case 'pieces':
      return of.pieces.map(each => (typeof each === 'string' ? each : at(each, POSTFIX_LEVEL))).join('')
  }
}

const isPropertyName = (key: string) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
const keyText = (key: string) => (isPropertyName(key) || /^\d+$/.test(key) ? key : `"${key}"`)

/** Whether a tree is a member of what stands outside, of which TypeScript knows the type. */
export const isOuter = (of: Formula): boolean =>
  of.k === 'member' ? isOuter(of.of) : of.k === 'text' && of.isOuter === true

/** How tightly a form binds: a part that binds less than its place wants stands in parentheses. */
function bindingOf(of: Formula): number {
  switch (of.k) {
    case 'text':
      if (/^[-!+~]/.test(of.text)) return UNARY_LEVEL
      return /^(?:[\p{ID_Continue}$.]+|\(.*\)|["'].*["'])$/u.test(of.text) ? POSTFIX_LEVEL + 1 : 0
    case 'unary':
      return UNARY_LEVEL
    case 'binary':
      return of.sign === '**' ? POWER_LEVEL : levelOf(of.sign)
    case 'choice':
    case 'once':
      return 0
    case 'pieces':
      return of.pieces[0] === '(' ? POSTFIX_LEVEL : 0
    default:
      return POSTFIX_LEVEL
  }
}
