// runtime/generated/core/partials.ts: the rules' partials on numbers and tracked numbers alike, lowered from natural math by our own transformer.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { bodyOf } from './quote.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `===` compares objects, so a comparison asks for the values. */
function byValue(text) {
  const compared = text.replace(/\b([abxy]) === ([abxy]|-?\d+)\b/g, (_all, left, right) => {
    return `operandValue(${left}) === ${/\d/.test(right) ? right : `operandValue(${right})`}`
  })
  if (/[!=]==(?! (operandValue\(|-?\d))/.test(compared)) throw new Error(`a comparison that is not understood: ${text}`)
  return compared
}

function partialCase(rule, opcode, name, index) {
  const text = bodyOf(rule.partials[index])
  if (text === '0') return ''
  const value = byValue(text)
  return `
    case ${opcode}: // ${name}
      return ${rule.selects ? `selected(${value})` : value}`
}

function partialFunction(rows, index, name, parameters) {
  return `
function ${name}(opcode: number, ${parameters}): Numeric | null {
  switch (opcode) {${rows.map(([row, rule, opcode]) => partialCase(rule, opcode, row, index)).join('')}
    default:
      return null
  }
}
`
}

/** The module in natural math. */
function naturalText(rules) {
  const rows = Object.entries(rules).map(([name, rule], index) => [name, rule, index + 1])
  const [unary, binary] = [1, 2].map(arity => rows.filter(([, rule]) => rule.arity === arity))
  return `/**
 * The partial derivatives on numbers and tracked numbers alike: what derivatives of derivatives and forward mode are made of.
 * Generated from rules.ts by scripts/generate.mjs, lowered by the transformer: change the rules instead.
 */
import { operandValue } from '../../engine/node.ts'
import type { Numeric } from '../../number/number-with-grad.ts'

/**
 * The partial derivative of an operation of the table by its operand \`index\`; \`null\` where nothing flows, not even times
 * Infinity. \`b\` is \`null\` for an operation of one operand.
 */
export function partial(opcode: number, index: number, a: Numeric, b: Numeric | null, y: Numeric): Numeric | null {
  if (b === null) return unaryPartial(opcode, a, y)
  return index === 0 ? leftPartial(opcode, a, b, y) : rightPartial(opcode, a, b, y)
}

function selected(share: number): number | null {
  return share === 0 ? null : share
}
${partialFunction(unary, 0, 'unaryPartial', 'x: Numeric, y: Numeric')}${partialFunction(binary, 0, 'leftPartial', 'a: Numeric, b: Numeric, y: Numeric')}${partialFunction(binary, 1, 'rightPartial', 'a: Numeric, b: Numeric, y: Numeric')}`
}

/** The transformer, run from its source: the built one may be older. */
async function loadTransformer() {
  const folder = mkdtempSync(join(root, '.transformer-'))
  const compilerOptions = { target: 'esnext', module: 'esnext', rewriteRelativeImportExtensions: true }
  try {
    for (const name of readdirSync(join(root, 'transformer'), { recursive: true })) {
      if (!name.endsWith('.ts') || name.startsWith('hosts')) continue
      const source = readFileSync(join(root, 'transformer', name), 'utf8')
      const built = join(folder, name.replace(/ts$/, 'js'))
      mkdirSync(dirname(built), { recursive: true })
      writeFileSync(built, ts.transpileModule(source, { compilerOptions }).outputText)
    }
    return await import(pathToFileURL(join(folder, 'transform.js')).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const options = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  types: [],
  noEmit: true,
  allowImportingTsExtensions: true,
  // what the lowered text imports is this runtime, not the built one
  paths: { tsgrad: [join(root, 'runtime/index.ts')] },
}

/** runtime/generated/core/partials.ts. `texts` are the other generated modules by path, which the types are read from. */
export async function partialsModule(rules, texts) {
  const { explain } = await loadTransformer()
  const file = join(root, 'runtime/generated/core/partials.ts')
  const memory = new Map(Object.entries(texts).map(([path, text]) => [join(root, path), text]))
  memory.set(file, naturalText(rules))
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = name => memory.has(name) || fileExists(name)
  host.readFile = name => memory.get(name) ?? readFile(name)
  host.getSourceFile = (name, version) => {
    const text = host.readFile(name)
    return text === undefined ? undefined : ts.createSourceFile(name, text, version)
  }
  const program = ts.createProgram([file], options, host)
  const found = explain(ts, program, host).find(({ original }) => original.fileName === file)
  const [diagnostic] = found.diagnostics
  if (diagnostic) throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
  return withOwnImports(found.mapped.text)
}

/**
 * The lowered text asks for its helpers from the package, by names that cannot clash. Here they are taken from where they are, and
 * each operator and function has a short name. The engine does not know the class of its nodes, so the dispatcher finds the methods.
 */
function withOwnImports(text) {
  const [inserted] = /; import \{ .*? \} from 'tsgrad';/.exec(text)
  const functions = new Set()
  const operators = new Map()
  const short = text
    .replace(inserted, '')
    .replaceAll('__tsgrad_', '')
    .replace(/dispatchMath\(\s*'(\w+)',\s*'\1',\s*'r?\w*',\s*/g, (_all, name) => {
      functions.add(name)
      return `${name}(`
    })
    .replace(/dispatch(Binary|Unary)\(\s*('[^']+',\s*'(\w+)'(?:,\s*'\w+')?),\s*/g, (_all, kind, keys, name) => {
      operators.set(name, `${kind.toLowerCase()}(${keys})`)
      return `${name}(`
    })
  for (const name of functions) operators.set(name, name === 'hypot' ? `math2('hypot')` : `math('${name}')`)
  const imports = `import { type BinaryKey, dispatchBinary, dispatchMath, dispatchUnary, type UnaryKey } from '../../operators/dispatch.ts'
import { operandValue, type NodeOrNumber } from '../../engine/node.ts'

type Binary<Result = NodeOrNumber> = (a: NodeOrNumber, b: NodeOrNumber) => Result
type Unary = (x: NodeOrNumber) => NodeOrNumber
type MathName = ${[...functions]
    .filter(name => name !== 'hypot')
    .sort()
    .map(name => `'${name}'`)
    .join(' | ')}

const binary = (key: BinaryKey, method: string, reflected: string): Binary<never> => (a, b) =>
  dispatchBinary(key, method, reflected, a, b) as never
const unary = (key: UnaryKey, method: string): Unary => x => dispatchUnary(key, method, x) as never
const math = (name: MathName): Unary => x => (typeof x === 'number' ? Math[name](x) : dispatchMath(name, name, '', x)) as never
const math2 = (name: string): Binary => (a, b) => dispatchMath(name, name, \`r\${name}\`, a, b) as never

${[...operators]
  .sort()
  .map(([name, call]) => `const ${name} = /* @__PURE__ */ ${call}`)
  .join('\n')}
`
  return short
    .replace(/import \{ operandValue \}.*\nimport type \{ Numeric \}.*\n/, imports)
    .replaceAll('Numeric', 'NodeOrNumber')
}
