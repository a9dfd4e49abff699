/**
 * Advice under TypeScript's own errors, where an operator is the reason and the fix is known: what beginners get wrong.
 * It must not know types, but as they are printed.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import { type CatalogueEntry, catalogue, filled } from '../report/diagnostics.ts'
import { operandsOf, operatorText, unparenthesized } from '../syntax/syntax.ts'
import { walk } from '../syntax/walk.ts'
import { declarationOf, holdsNumbers, isNumber, typed, variableNamed } from './starts.ts'

interface Lesson {
  readonly entry: CatalogueEntry
  readonly args: readonly string[]
  /** Whether the lines below TypeScript's message say nothing that helps. */
  readonly only?: boolean
}

/** An error with what is known of its place. */
interface Case {
  readonly ts: TypeScript
  readonly file: ts.SourceFile
  readonly operators: readonly ResolvedOperator[]
  readonly code: number
  readonly message: string
  readonly start: number
  readonly end: number
  /** The node at the place. */
  readonly node: ts.Node
}

/** TypeScript's error in the original file, with advice if there is any. */
export function advised(
  ts: TypeScript,
  file: ts.SourceFile,
  operators: readonly ResolvedOperator[],
  diagnostic: ts.Diagnostic,
): ts.Diagnostic {
  const teach = teachers[diagnostic.code]
  const { start, length, messageText } = diagnostic
  if (!teach || start === undefined || length === undefined) return diagnostic
  const first = typeof messageText === 'string' ? undefined : messageText
  const message = first?.messageText ?? (messageText as string)
  const end = start + length
  const node = innermostAt(ts, file, start, end)
  const lesson = node && teach({ ts, file, operators, code: diagnostic.code, message, start, end, node })
  if (!lesson) return diagnostic
  const { category, code } = diagnostic
  const advice = {
    messageText: filled(lesson.entry.text, lesson.args),
    category: ts.DiagnosticCategory.Message,
    code: lesson.entry.code,
  }
  const next = [...(lesson.only ? [] : (first?.next ?? [])), advice]
  return { ...diagnostic, messageText: { messageText: message, category, code, next } }
}

const teachers: Readonly<Record<number, (at: Case) => Lesson | undefined>> = {
  2322: at => ownResult(at) ?? (at.message.endsWith("is not assignable to type 'number'.") ? noNumber(at) : undefined),
  2339: mayBeNumber,
  2345: eachElement,
  2362: eachElement,
  2363: eachElement,
  2769: reduceAt,
  7022: circular,
  7023: circular,
  7024: circular,
}

/** The innermost node at a place. */
function innermostAt(ts: TypeScript, file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  let found: ts.Node | undefined
  walk(ts, file, node => {
    if (node.end < end || node.pos > start) return 'skip'
    if (node.getStart(file) <= start && node !== file) found = node
    return undefined
  })
  return found
}

/** An operator of a class inside a node, which is the reason of an error there. */
function reasonIn({ operators }: Case, node: ts.Node): ResolvedOperator | undefined {
  return operators.find(
    ({ site, resolution }) => resolution.kind !== 'native' && site.node.pos >= node.pos && site.node.end <= node.end,
  )
}

/** An operator inside a node that stays JavaScript's because its operands have no type yet: `fib(n - 1) + fib(n - 2)`. */
function openIn({ operators }: Case, node: ts.Node): ResolvedOperator | undefined {
  const isInside = ({ site }: ResolvedOperator) => site.node.pos >= node.pos && site.node.end <= node.end
  return operators.find(each => isInside(each) && each.types().includes('any'))
}

// ---- numbers that are none

/** `let s = 0; s += x`: the type of the start is that of the variable. */
function noNumber(at: Case): Lesson | undefined {
  const { ts, file, node, message } = at
  const statement = ts.findAncestor(
    node,
    each => ts.isStatement(each) || ts.isVariableDeclaration(each) || ts.isPropertyDeclaration(each),
  )
  const reason = statement && reasonIn(at, statement)
  const [, given = ''] = /^Type '(.+)' is not assignable/.exec(message) ?? []
  if (!reason || given.startsWith('string')) return undefined
  const operator = operatorText(reason.site, file)
  const target = targetAt(at)
  const declaration = target && declarationOf(at, target)
  const wanted = given === 'NumberWithGrad' || given === 'Numeric' ? 'Numeric' : `${given} | number`
  if (declaration && ts.isParameter(declaration)) {
    const call = declaration.parent.parent
    if (ts.isCallExpression(call)) return reduceLesson(at, call, given)
  }
  const start =
    declaration && 'initializer' in declaration ? (declaration.initializer as ts.Expression | undefined) : undefined
  if (!declaration || !start || ('type' in declaration && declaration.type) || !holdsNumbers(ts, start)) {
    const isNumber = declaration && 'type' in declaration && /\bnumber\b/.test(declaration.type?.getText(file) ?? '')
    const isResult = ts.isReturnStatement(node) || isBody(ts, node)
    const isAnnotated = !target || isNumber || ts.isVariableDeclaration(node.parent) || isResult
    return isAnnotated ? { entry: catalogue.noNumber, args: [operator, given] } : undefined
  }
  const shown = target!.getText(file)
  return {
    entry: catalogue.numberStart,
    args: [shown, start.getText(file), operator, given, typed(at, declaration, start, wanted)],
  }
}

/** Whether a node is what an arrow function gives. */
const isBody = (ts: TypeScript, node: ts.Node) => ts.isArrowFunction(node.parent) && node.parent.body === node

/** What an assignment changes, at whose place TypeScript reports it. */
function targetAt({ ts, node, start, end, file }: Case): ts.Expression | undefined {
  let at: ts.Node | undefined = node
  while (at && at.getStart(file) === start && at.end < end) at = at.parent
  return at && at.end === end && ts.isExpression(at) && !ts.isVariableDeclaration(at.parent) ? at : undefined
}

// ---- reduce

function reduceAt(at: Case): Lesson | undefined {
  const { ts } = at
  const isReduce = (each: ts.Node) => ts.isCallExpression(each) && reduceLesson(at, each, undefined) !== undefined
  const call = ts.findAncestor(at.node, isReduce) as ts.CallExpression | undefined
  return call && reduceLesson(at, call, undefined)
}

/** `xs.reduce((s, x) => s + x, 0)`: the start makes `s` a number. */
function reduceLesson(at: Case, call: ts.CallExpression, given: string | undefined): Lesson | undefined {
  const { ts, file } = at
  const { expression: callee } = call
  const [callback, start] = call.arguments
  if (!ts.isPropertyAccessExpression(callee) || !/^reduce(Right)?$/.test(callee.name.text)) return undefined
  if (!start || !isNumber(ts, start) || !callback || !ts.isFunctionLike(callback)) return undefined
  const [sum, element] = callback.parameters
  const reason = reasonIn(at, callback)
  if (!sum || !reason) return undefined
  const operands = [...new Set(reason.types())].filter(type => !/^(number|any)$/.test(type))
  const type = given ?? operands[0] ?? 'an object'
  const wanted = type === 'NumberWithGrad' || type === 'Numeric' ? 'Numeric' : `number | ${type}`
  const [array, s, x] = [callee.expression, sum.name, element?.name].map(each => each?.getText(file) ?? '')
  const body = callback.body?.getText(file)
  const isOf = (operator: string) => body === `${s} ${operator} ${x}` || body === `${x} ${operator} ${s}`
  const short =
    wanted !== 'Numeric'
      ? ''
      : isOf('+')
        ? `, or write \`sum(${array})\``
        : isOf('*')
          ? `, or write \`prod(${array})\``
          : ''
  const fixed = `${callee.getText(file)}<${wanted}>(…, ${start.getText(file)})`
  const operator = operatorText(reason.site, file)
  return { entry: catalogue.reduceStart, args: [start.getText(file), s!, operator, type, fixed, short], only: true }
}

// ---- Numeric

/** `(sq(a) * 4).backward()`, where `sq` takes and gives a Numeric. */
function mayBeNumber(at: Case): Lesson | undefined {
  const { ts, file, node, message } = at
  const [, type] = /on type '(Numeric|.*\bnumber \| .+|.+ \| number)'/.exec(message) ?? []
  const { parent } = node
  if (!type || !ts.isPropertyAccessExpression(parent) || parent.name !== node) return undefined
  const object = unparenthesized(ts, parent.expression)
  const declared = ts.isIdentifier(object) ? variableNamed(at, object)?.initializer : undefined
  const source = declared ?? object
  const shown = object.getText(file)
  let taking: string | undefined
  walk(ts, file, each => {
    if (taking || each.pos < source.pos || each.end > source.end) return
    if (ts.isCallExpression(each) && ts.isIdentifier(each.expression))
      taking = genericOf(at, each.expression.text, type)
  })
  if (!taking && !reasonIn(at, source)) return undefined
  return {
    entry: catalogue.mayBeNumber,
    args: [shown, type, taking ?? 'Give its operands the type of a class, or narrow it by `instanceof`.'],
  }
}

function genericOf({ ts, file }: Case, name: string, type: string): string | undefined {
  let advice: string | undefined
  walk(ts, file, node => {
    const owner = ts.isVariableDeclaration(node) ? node.initializer : ts.isFunctionDeclaration(node) ? node : undefined
    if (!owner || !ts.isFunctionLike(owner) || (node as ts.VariableDeclaration).name?.getText(file) !== name) return
    const parameter = owner.parameters.find(each => each.type?.getText(file) === type)
    if (!parameter) return
    const spelled = parameter.name.getText(file)
    advice = `'${name}' takes a ${type}, so it may give a number: declare it as \`<T extends ${type}>(${spelled}: T)\`, or of a class.`
  })
  return advice
}

/** `(x: T): T => x * 2`, and `let s = x` before `s = s * 2`. */
function ownResult(at: Case): Lesson | undefined {
  const [, expected] =
    /^Type '(?:Binary|Unary|Step|MathResult)<.*' is not assignable to type '(\w+|(?:Binary|Unary|Step|MathResult)<.*)'\.$/s.exec(
      at.message,
    ) ?? []
  if (expected === undefined || expected === 'number') return undefined
  const target = targetAt(at)
  const declaration = target && declarationOf(at, target)
  const start = declaration?.initializer
  if (target && start && !('type' in declaration && declaration.type)) {
    const { file } = at
    const fixed = typed(at, declaration, start, constraintAround(at))
    return { entry: catalogue.ownStart, args: [target.getText(file), start.getText(file), fixed], only: true }
  }
  return expected.includes('<') ? undefined : { entry: catalogue.ownResult, args: [expected], only: true }
}

/** What the type parameter extends that the place knows: the innermost one. */
function constraintAround({ ts, file, node }: Case): string {
  const constraintOf = (each: ts.Node) =>
    ts.isFunctionLike(each) || ts.isClassLike(each)
      ? each.typeParameters?.find(({ constraint }) => constraint)?.constraint
      : undefined
  const owner = ts.findAncestor(node, each => constraintOf(each) !== undefined)
  return owner ? constraintOf(owner)!.getText(file) : 'Numeric'
}

// ---- arrays

/** `Math.exp(xs)` and `xs * 2`. */
function eachElement({ ts, file, operators, start, end, message, code }: Case): Lesson | undefined {
  if (code === 2345 && !message.endsWith("'number'.")) return undefined
  for (const { site, types } of operators) {
    const at = operandsOf(site).findIndex(each => each.getStart(file) === start && each.end === end)
    if (at === -1 || !types()[at]?.endsWith('[]')) continue
    const operand = operandsOf(site)[at]!
    const whole = site.node.getText(file)
    const from = operand.getStart(file) - site.node.getStart(file)
    const name = ts.isIdentifier(operand) && /^\w+s$/.test(operand.text) ? operand.text.slice(0, -1) : 'x'
    const mapped = `${operand.getText(file)}.map(${name} => ${whole.slice(0, from)}${name}${whole.slice(from + end - start)})`
    return { entry: catalogue.eachElement, args: [operatorText(site, file), mapped] }
  }
  return undefined
}

// ---- types that go round

/** A variable of a loop, or a function that calls itself. */
function circular(at: Case): Lesson | undefined {
  const { ts, file, node, start, end, code } = at
  const owner = ts.findAncestor(node, each => ts.isVariableDeclaration(each) || ts.isFunctionLike(each))
  const reason = owner && (reasonIn(at, owner) ?? openIn(at, owner))
  if (!reason) return undefined
  const name = file.text.slice(start, end)
  return {
    entry: code === 7022 ? catalogue.circular : catalogue.circularFunction,
    args: [operatorText(reason.site, file), name],
  }
}
