/** How tightly operators bind. It must not know trees. */

export const signLevels: readonly (readonly string[])[] = [
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
export const POWER_LEVEL = signLevels.length + 2
export const UNARY_LEVEL = signLevels.length + 1
export const POSTFIX_LEVEL = POWER_LEVEL + 1
export const levelOf = (sign: string) => signLevels.findIndex(each => each.includes(sign)) + 1
