/**
 * The names that a file imports from tsgrad: which function a call calls, and how a further name is imported.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

type SourceCode = Readonly<TSESLint.SourceCode>

const importsOf = ({ ast }: SourceCode) =>
  ast.body.filter(
    (node): node is TSESTree.ImportDeclaration => node.type === 'ImportDeclaration' && node.importKind !== 'type',
  )

const fromTsgrad = (sourceCode: SourceCode) => importsOf(sourceCode).filter(({ source }) => source.value === 'tsgrad')

/** The variable that a name refers to at a place. */
function variableAt(sourceCode: SourceCode, at: TSESTree.Node, name: string): TSESLint.Scope.Variable | undefined {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(at); scope; scope = scope.upper) {
    const variable = scope.set.get(name)
    if (variable) return variable
  }
  return undefined
}

/** Whether an expression is JavaScript's own function of this name. */
export function isGlobalAt(sourceCode: SourceCode, node: TSESTree.Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name && !variableAt(sourceCode, node, name)?.defs.length
}

/** Whether `Math` is JavaScript's own at a place. */
export function isMathAt(sourceCode: SourceCode, at: TSESTree.Node): boolean {
  return !variableAt(sourceCode, at, 'Math')?.defs.length
}

/** The exported name of a function of tsgrad, if an identifier refers to one. */
export function exportedName(sourceCode: SourceCode, at: TSESTree.Identifier): string | undefined {
  const definition = variableAt(sourceCode, at, at.name)?.defs[0]
  if (definition?.node.type !== 'ImportSpecifier') return undefined
  const { imported, parent } = definition.node
  return parent.type === 'ImportDeclaration' && parent.source.value === 'tsgrad' && imported.type === 'Identifier'
    ? imported.name
    : undefined
}

export interface Import {
  /** The text of a reference to the function. */
  readonly name: string
  fix(fixer: TSESLint.RuleFixer): TSESLint.RuleFix[]
}

/** The text that refers to a function of tsgrad at a place; undefined where its name is taken. */
export function importOf(sourceCode: SourceCode, at: TSESTree.Node, name: string): Import | undefined {
  const imports = fromTsgrad(sourceCode)
  for (const specifier of imports.flatMap(({ specifiers }) => specifiers)) {
    const local = specifier.local.name
    const isOurs =
      specifier.type === 'ImportSpecifier' &&
      specifier.importKind !== 'type' &&
      specifier.imported.type === 'Identifier' &&
      specifier.imported.name === name
    const isSeen = variableAt(sourceCode, at, local)?.defs[0]?.node === specifier
    if (isOurs && isSeen) return { name: local, fix: () => [] }
    if (specifier.type === 'ImportNamespaceSpecifier' && isSeen) return { name: `${local}.${name}`, fix: () => [] }
  }
  if (variableAt(sourceCode, at, name)) return undefined
  const last = imports.flatMap(({ specifiers }) => specifiers.filter(each => each.type === 'ImportSpecifier')).at(-1)
  if (last) return { name, fix: fixer => [fixer.insertTextAfter(last, `, ${name}`)] }
  const before = importsOf(sourceCode).at(-1)
  const quote = before?.source.raw[0] ?? "'"
  const end = !before || sourceCode.getText(before).endsWith(';') ? ';' : ''
  const text = `import { ${name} } from ${quote}tsgrad${quote}${end}`
  return {
    name,
    fix: fixer => [
      before
        ? fixer.insertTextAfter(before, `\n${text}`)
        : fixer.insertTextBefore(sourceCode.ast.body[0]!, `${text}\n`),
    ],
  }
}
