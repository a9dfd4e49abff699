// The text of docs/rules.md: every rule, then every pinned point with its source.

import { hasSpecialValue, kinksOf, operandNames, partialText, shown, typedTexts, valueText } from './quote.mjs'

const code = text => `\`${text.replaceAll('|', '\\|')}\``

function ruleLine([name, rule]) {
  const names = operandNames(rule)
  const calls = typedTexts(name, rule, names)
  const typed = [...calls, ...(rule.alias ? [`${rule.alias}(x)`] : [])].map(code).join(', ')
  const method = code(`${names[0]}.${name}(${names.slice(1).join(', ')})`)
  const partials = rule.partials.map((_, i) => code(shown(partialText(rule, i))))
  const derivative = rule.arity === 1 ? partials[0] : partials.map((each, i) => `∂${names[i]}: ${each}`).join('<br>')
  const value = hasSpecialValue(rule) ? rule.meaning : code(shown(valueText(rule)))
  return `| ${typed} | ${method} | ${value} | ${derivative} | ${reached(rule)} | ${kinksOf(rule).map(code).join(', ')} | ${rule.domain ? code(rule.domain) : 'all'} |`
}

/** What a derivative that arrives is passed on to. */
function reached(rule) {
  if (rule.selects) return 'what is selected'
  return rule.partials.every((_, i) => partialText(rule, i) === '0') ? 'nothing' : 'all operands'
}

const number = x => (Object.is(x, -0) ? '-0' : String(x))

function pinLines([name, rule], pins) {
  return pins.map(([operands, partials, source]) => {
    const value = number(rule.value(...operands))
    return `| \`${name}(${operands.map(number).join(', ')})\` | ${value} | ${partials.map(number).join(', ')} | ${source} |`
  })
}

function reductionLine({ call, value, derivative, empty }) {
  return `| ${code(call)} | ${value} | ${derivative} | ${empty} |`
}

function reductionPinLines({ call, pins }) {
  return pins.map(([xs, value, partials, source]) => {
    return `| ${code(call)} of ${code(`[${xs.map(number).join(', ')}]`)} | ${number(value)} | ${partials.map(number).join(', ')} | ${source} |`
  })
}

/** docs/rules.md */
export function rulesPage(rules, pins, reductionPoints) {
  const rows = Object.entries(rules)
  const reductions = Object.values(reductionPoints)
  return `# Rules

Generated from \`rules.ts\`, \`pins.ts\` and \`reduction-points.ts\` in \`runtime/rules/\` by \`scripts/generate.mjs\`: change them instead.

In a derivative, \`y\` is the value. \`Math.max\`, \`Math.min\` and \`Math.hypot\` take any number of operands, as one operation; operands
that are equal and selected share alike.

An operation that the result depends on is *reached*, and passes a derivative on to what its column \`reaches\` says. A derivative of 0 is a
number: times Infinity it is NaN. What is not reached has the derivative 0, whatever is computed there: an operand that \`max\` did not select,
what is rounded, compared or detached, a branch that is not taken, an unused element of an array. Where a value is NaN, so is each derivative.

At a kink, a jump or the end of a domain the derivative is a convention, listed below. What would follow from differentiating a convention is no
derivative: there the second derivative is NaN, and the first is as the convention says.

| you write | method | value | derivative | reaches | kinks | domain |
|---|---|---|---|---|---|---|
${rows.map(ruleLine).join('\n')}

## Functions of arrays

Plain for plain numbers, tracked where one of them is; each is one node with all its inputs, but for the \`sum\` of
two tracked numbers, which is \`add\`, and \`softmax\`, which is made of others.

| you write | value | derivative by each input | of an empty array |
|---|---|---|---|
${reductions.map(reductionLine).join('\n')}

## Points where the derivative is a convention, or easily lost

| at | value | derivative | source |
|---|---|---|---|
${rows.flatMap(row => pinLines(row, pins[row[0]] ?? [])).join('\n')}
${reductions.flatMap(reductionPinLines).join('\n')}
`
}
