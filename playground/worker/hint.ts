/**
 * The hint for a name or an operator: its type in one line, and its documentation.
 * It must not know where this is shown.
 */
import type ts from 'typescript'
import type { ResolvedOperator } from '../../transformer/meaning/resolved-operator.ts'
import { operatorSpan, operatorText, type Site } from '../../transformer/syntax/syntax.ts'
import { type Analysis, around, loweredStart, nameAt, nodeAt } from './analysis.ts'
import type { Hint } from './messages.ts'
import { isOfLibrary } from './project.ts'

export function hintAt(analysis: Analysis, position: number): Hint | undefined {
  return operatorHint(analysis, position) ?? nameHint(analysis, position)
}

function operatorHint(analysis: Analysis, position: number): Hint | undefined {
  const { ts, program, original, explained } = analysis
  const found = explained?.operators.find(({ site }) => {
    const { start, end } = operatorSpan(site, original)
    return start <= position && position < end
  })
  if (!found) return undefined
  const { site } = found
  const checker = program.getTypeChecker()
  const node = writtenFor(analysis, found)
  const result = node ? `: ${checker.typeToString(checker.getTypeAtLocation(node))}` : ''
  const call = found.resolution.kind !== 'native' && node && ts.isCallExpression(node) ? node : undefined
  const signature = call && checker.getResolvedSignature(call)
  const { start, end } = operatorSpan(site, original)
  return {
    from: start,
    to: end,
    signature: `(operator) ${withOperands(site, operatorText(site, original), found.types())}${result}`,
    documentation: signature ? documented(ts, checker, signature) : '',
  }
}

/** The node of the lowered text for an operator; for an assignment, the assigned value. */
function writtenFor(analysis: Analysis, { site, resolution }: ResolvedOperator): ts.Node | undefined {
  const { ts, original, lowered, explained } = analysis
  if (resolution.kind === 'native') {
    const { start, end } = operatorSpan(site, original)
    const at = loweredStart(analysis, start, end - start)
    return at === undefined ? undefined : expressionAround(ts, lowered, at, at + end - start)
  }
  const range = explained!.rewritten.ranges.get(site.node)
  const node = range && nodeAt(ts, lowered, range.start, range.start + range.length, ts.isExpression)
  return node && ts.isBinaryExpression(node) ? node.right : node
}

/** The innermost expression that contains a range and is not just a name. */
function expressionAround(ts: Analysis['ts'], file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  return around(ts, file, start, end).findLast(node => ts.isExpression(node) && !ts.isIdentifier(node))
}

function withOperands({ form }: Site, operator: string, types: readonly string[]): string {
  const [left, right] = types
  if (form === 'math') return `${operator}(${types.join(', ')})`
  if (right !== undefined) return `${left} ${operator} ${right}`
  return form === 'step' ? `${left}${operator}` : `${operator}${left}`
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

/** The description, with the tags that add to it. */
function documented(ts: Analysis['ts'], checker: ts.TypeChecker, of: ts.Symbol | ts.Signature): string {
  const declarations = 'flags' in of ? (of.declarations ?? []) : [of.declaration ?? []].flat()
  const ofLibrary = declarations.filter(each => isOfLibrary(each.getSourceFile().fileName))
  if (ofLibrary.length > 0) return ofLibrary.map(each => documentedInLibrary(ts, each)).find(Boolean) ?? ''
  const text = ts.displayPartsToString(of.getDocumentationComment(checker))
  const tags = of.getJsDocTags(checker).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.trim())
  return joined([text, ...tags])
}

const joined = (parts: readonly string[]) =>
  parts
    .filter(part => part && !part.startsWith('@internal'))
    .join('\n\n')
    .trim()

/** The project has the standard library without comments: this comment is read from the original. */
function documentedInLibrary(ts: Analysis['ts'], declaration: ts.Node): string {
  const whole = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  const comment = whole.getFullText().slice(0, whole.getLeadingTriviaWidth())
  const [statement] = ts.createSourceFile('/comment.ts', `${comment};`, ts.ScriptTarget.ES2023, true).statements
  const found = statement ? ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).at(-1) : undefined
  const tags = (found?.tags ?? []).map(tag => {
    const name = ts.isJSDocParameterTag(tag) && ts.isIdentifier(tag.name) ? tag.name.text : ''
    return [`@${tag.tagName.text}`, name, ts.getTextOfJSDocComment(tag.comment)].filter(Boolean).join(' ')
  })
  return joined([ts.getTextOfJSDocComment(found?.comment) ?? '', ...tags])
}
