/**
 * What a name or an operator is: its type in one line, and what its author wrote about it.
 * It must not know where this is shown.
 */
import type ts from 'typescript'
import { operatorSpan, operatorText } from '../../transformer/syntax.ts'
import { type Analysis, loweredStart, nameAt, nodeAt } from './analysis.ts'
import type { Hint } from './messages.ts'

export function hintAt(analysis: Analysis, position: number): Hint | undefined {
  return operatorHint(analysis, position) ?? nameHint(analysis, position)
}

function operatorHint({ ts, program, original, lowered, explained }: Analysis, position: number): Hint | undefined {
  const found = explained?.resolved.find(({ site }) => {
    const { start, end } = operatorSpan(site, original)
    return start <= position && position < end
  })
  if (!found) return undefined
  const { site } = found
  const checker = program.getTypeChecker()
  const range = explained!.rewritten.ranges.get(site.node)
  const isCall = (node: ts.Node) => ts.isCallExpression(node)
  const call = range && nodeAt(ts, lowered, range.start, range.start + range.length, isCall)
  const node = call ?? (range && nodeAt(ts, lowered, range.start, range.start + range.length))
  const result = node ? checker.typeToString(checker.getTypeAtLocation(node)) : ''
  const text = operatorText(site, original)
  const [left, right] = found.types()
  const isCalled = site.form === 'math'
  const operands = isCalled
    ? `${text}(${found.types().join(', ')})`
    : right === undefined
      ? site.form === 'step'
        ? `${left}${text}`
        : `${text}${left}`
      : `${left} ${text} ${right}`
  const signature = call && checker.getResolvedSignature(call as ts.CallExpression)
  const { start, end } = operatorSpan(site, original)
  return {
    from: start,
    to: end,
    signature: `(operator) ${operands}${result && `: ${result}`}`,
    documentation: signature && found.resolution.kind !== 'native' ? documented(ts, checker, signature) : '',
  }
}

function nameHint(analysis: Analysis, position: number): Hint | undefined {
  const { ts, program, original, lowered } = analysis
  const name = nameAt(ts, original, position)
  if (!name) return undefined
  const from = name.getStart(original)
  const start = loweredStart(analysis, from, name.end - from)
  const node = start === undefined ? undefined : nodeAt(ts, lowered, start, start + name.end - from, ts.isIdentifier)
  const checker = program.getTypeChecker()
  const symbol = node && checker.getSymbolAtLocation(node)
  if (!symbol) return undefined
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return {
    from,
    to: name.end,
    signature: signatureOf(analysis, checker, target, node),
    documentation: documented(ts, checker, target),
  }
}

function signatureOf({ ts }: Analysis, checker: ts.TypeChecker, symbol: ts.Symbol, node: ts.Node): string {
  const { flags } = symbol
  const { name } = symbol
  if (flags & ts.SymbolFlags.Class) return `class ${name}`
  if (flags & ts.SymbolFlags.Interface) return `interface ${name}`
  if (flags & ts.SymbolFlags.TypeParameter) return `(type parameter) ${name}`
  if (flags & ts.SymbolFlags.TypeAlias)
    return `type ${name} = ${checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol), undefined, ts.TypeFormatFlags.InTypeAlias)}`
  const type = checker.getTypeOfSymbolAtLocation(symbol, node)
  const [signature, ...others] = type.getCallSignatures()
  const more = others.length > 0 ? ` (+${others.length} more)` : ''
  if (signature && flags & ts.SymbolFlags.Function)
    return `function ${name}${checker.signatureToString(signature)}${more}`
  if (signature && flags & ts.SymbolFlags.Method) {
    const owner = (symbol.valueDeclaration?.parent as ts.ClassDeclaration | undefined)?.name?.text
    return `(method) ${owner ? `${owner}.` : ''}${name}${checker.signatureToString(signature)}${more}`
  }
  return `${kindOf(ts, symbol)}${name}: ${checker.typeToString(type, node)}`
}

function kindOf(ts: Analysis['ts'], { flags, valueDeclaration: declaration }: ts.Symbol): string {
  if (flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Accessor)) return '(property) '
  if (declaration && ts.isParameter(declaration)) return '(parameter) '
  if (!declaration) return ''
  const isConst = ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const
  return isConst ? 'const ' : flags & ts.SymbolFlags.BlockScopedVariable ? 'let ' : 'var '
}

/** The description, and the tags that say more about it. */
function documented(ts: Analysis['ts'], checker: ts.TypeChecker, of: ts.Symbol | ts.Signature): string {
  const text = ts.displayPartsToString(of.getDocumentationComment(checker))
  const tags = of.getJsDocTags(checker).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.trim())
  return [text, ...tags.filter(tag => !tag.startsWith('@internal'))].filter(Boolean).join('\n\n').trim()
}
