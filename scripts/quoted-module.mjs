// The table of rules as texts, for the transformer: values, partials and second partials over `x`, or `a` and `b`, and the value `y`.

import { mathKeyOf, partialText, valueText } from './quote.mjs'
import { orNothing, secondTexts } from './second-partials-module.mjs'

/** What reaches an operand with the partial 0: a number as any other, nothing since another was chosen, or nothing ever. */
function passing(rule, partials) {
  if (rule.selects) return 'chosen'
  return partials.every(text => text === '0') ? 'nothing' : 'all'
}

/** A text has the functions of Math, and those of `tsgrad/special` under a name that no user's file has. */
const inserted = text => text.replaceAll('special.', '$special.')

/** The module of all rows: those without a key are functions of the package. */
export function quotedModule(rules, specialRules = {}) {
  const all = { ...rules, ...specialRules }
  const rows = Object.entries(all)
  const lines = rows.map(([name, rule]) => {
    const partials = rule.partials.map((_, index) => partialText(rule, index))
    const seconds = secondTexts(rule, all).map(orNothing)
    const texts = { value: valueText(rule), partials, seconds }
    return `${name}: ${inserted(JSON.stringify({ keys: rule.keys, ...texts, passes: passing(rule, partials) }))},`
  })
  if (!rows.some(([, rule]) => mathKeyOf(rule))) throw new Error('no row of Math')
  return `/**
 * The rows of the rules as texts: those of operators and of \`Math\` by their keys, others by their names. \`$special\` is what
 * \`tsgrad/special\` exports. It must not hold anything else.
 * Generated from rules.ts and special-rules.ts by scripts/generate.mjs: change the rules instead.
 */

/**
 * A row. The second partials are by the only operand, or by the first twice, by both, and by the second twice, with -0 for nothing;
 * \`passes\` says what reaches an operand with the partial 0.
 */
export interface QuotedRule {
  readonly keys: readonly string[]
  readonly value: string
  readonly partials: readonly string[]
  readonly seconds: readonly string[]
  readonly passes: 'all' | 'chosen' | 'nothing'
}

export const quotedRules: Readonly<Record<string, QuotedRule>> = {
${lines.join('\n')}
}
`
}
