// Lowers a program with each of its operators made a call, without asking a checker about any of them.
// It must not know corpora, nor how programs are run.
import ts from 'typescript'
import { lower } from '../../dist/transformer/lower/lower.js'
import { prove } from '../../dist/transformer/lower/prove.js'
import { findSites } from '../../dist/transformer/syntax/rewrite.js'
import { operandsOf, targetOf } from '../../dist/transformer/syntax/syntax.js'

/** What every operator is taken for: decided by a helper at run time, or a call of its left operand's method. */
const resolutions = {
  dispatch: () => ({ kind: 'dispatch', method: 'named', reflected: 'reflected' }),
  // of `Math.max(...xs)` no operand is the left one
  method: site =>
    ts.isSpreadElement(operandsOf(site)[0])
      ? resolutions.dispatch()
      : { kind: 'method', method: `operator ${site.key}` },
}

/**
 * The lowered text, how many operators it had, and how many are native in it still; `unparsed` is the first complaint of
 * TypeScript's parser. A script finds the helpers as a global `__tsgrad`, a module imports them from 'tsgrad'.
 * @throws where the lowered text has another tree than was meant.
 */
export function lowerEveryOperator(text, isModule, form, name = 'test.js') {
  const file = parse(text, name)
  if (file.parseDiagnostics.length > 0) {
    const [{ messageText, start }] = file.parseDiagnostics
    return {
      unparsed: `${ts.flattenDiagnosticMessageText(messageText, ' ')} at ${JSON.stringify(text.slice(start, start + 20))}`,
    }
  }
  const sites = findSites(ts, file).sites.filter(hasTarget)
  const resolved = sites.map(site => ({ site, resolution: resolutions[form](site), types: () => [] }))
  const style = isModule ? 'esm' : 'equals'
  const mapped = lower(ts, file, resolved, style)?.mapped
  if (!mapped) return { text, operators: 0, left: 0 }
  prove(ts, file, resolved, style, parse(mapped.text, name))
  // the name is another one where the text uses `__tsgrad`, which then is no global: the test fails and is seen
  const lowered = isModule ? mapped.text : mapped.text.replace("import __tsgrad = require('tsgrad');", '')
  const again = parse(lowered, name)
  const left = again.parseDiagnostics.length > 0 ? 0 : findSites(ts, again).sites.filter(hasTarget).length
  return { text: lowered, operators: sites.length, left }
}

function parse(text, name) {
  return ts.createSourceFile(name, text, ts.ScriptTarget.ESNext)
}

/** `f() += 1` parses, but is refused with a diagnostic: there is nothing to lower it to. */
function hasTarget(site) {
  const target = targetOf(ts, site)
  return (
    !target || ts.isIdentifier(target) || ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)
  )
}
