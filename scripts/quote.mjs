// The source text of a row's arrows, and how a row's operation is written.

/** The body of an arrow, as text over its own parameter names. */
export function bodyOf(arrow) {
  const [, body] = /=>\s*([\s\S]*)$/.exec(arrow.toString()) ?? []
  if (body === undefined || body.startsWith('{')) throw new Error(`not an arrow with an expression: ${arrow}`)
  return body.replace(/^\(([\s\S]*)\)$/, (whole, inner) => (isBalanced(inner) ? inner : whole))
}

function isBalanced(text) {
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')' && --depth < 0) return false
  }
  return depth === 0
}

/** The key under `Math`, if the row has one. */
export function mathKeyOf(rule) {
  return rule.keys.find(key => key.startsWith('Math.'))
}

/** Whether there is an exported function of the row's name: for every row but those of operators only. */
export function hasFunction(rule) {
  return rule.keys.length === 0 || mathKeyOf(rule) !== undefined
}

/** What the user types for a row, one text for each key; the function's call where there is no key. */
export function typedTexts(name, rule, operands) {
  return rule.keys.length === 0 ? [`${name}(${operands.join(', ')})`] : rule.keys.map(key => written(key, operands))
}

/** The names that a row's arrows give their operands. */
export function operandNames(rule) {
  return rule.arity === 1 ? ['x'] : ['a', 'b']
}

/** The value as an expression over the given texts of its operands. */
export function valueText(rule, operands = operandNames(rule)) {
  const key = mathKeyOf(rule)
  if (key && rule.value === Math[key.slice('Math.'.length)]) return written(key, operands)
  const names = operandNames(rule)
  return bodyOf(rule.value).replace(/\b[abx]\b/g, name => operands[names.indexOf(name)])
}

/** What the user types for a key with these operands. */
export function written(key, operands) {
  if (key.startsWith('Math.')) return `${key}(${operands.join(', ')})`
  if (key.startsWith('unary ')) return key.slice('unary '.length) + operands[0]
  return operands.join(` ${key} `)
}

/** A value that the example line of a docstring shows. */
export function exampleOf(name, rule) {
  const operands = rule.samples[0]
  return `@example ${name}(${operands.join(', ')}) // ${rule.value(...operands)}`
}
