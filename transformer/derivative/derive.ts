/**
 * The derivatives of one file: for each mark the text that belongs there, or the reason why there is none.
 * It must not know how files are read, nor how programs are made.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { catalogue } from '../report/diagnostics.ts'
import type { AssignedNames } from './enter/assigned.ts'
import { containerOfThis } from './enter/classes.ts'
import { propertyOfConstant } from './enter/constant-objects.ts'
import {
  type Activation,
  DerivativeFault,
  type Enter,
  type FunctionNode,
  inner,
  type KnownFunction,
  type Obligation,
} from './enter/context.ts'
import { type Entered, enter } from './enter/enter.ts'
import { constantOf } from './enter/fixed-constants.ts'
import { knownFunction } from './enter/names.ts'
import { isMemberOfModule, packageName, symbolAt } from './enter/package-names.ts'
import { isOfLibrary } from './enter/types.ts'
import { type Mark, marksIn } from './marks.ts'
import { memoryOf } from './memory.ts'
import { calledName, type Refused, refusedFor, writtenOut, zerosOf } from './messages.ts'
import type { PlacedText } from './placed.ts'
import { allSettings, type DerivativeSettings } from './planned/settings.ts'
import { adjointText, curvatureText, tangentText } from './planned/text.ts'
import { lostBySpread } from './spreads.ts'
import { namesInScope, visibleAt } from './visible-names.ts'

/** An argument with the texts of its derivatives, in the order in which they are written, by what the runtime calls them. */
export interface Derived {
  readonly argument: ts.Expression
  readonly texts: ReadonlyMap<string, PlacedText>
}

export interface FileDerivatives {
  readonly derived: readonly Derived[]
  readonly refused: readonly Refused[]
  /** What is derived and always 0; each argument of a function once. */
  readonly zero?: readonly Refused[]
}

/** The derivatives that a file needs; `checker` is that of a program whose texts mean what they say. Tests leave analyses out. */
export function deriveFile(
  ts: TypeScript,
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  settings: DerivativeSettings = allSettings,
): FileDerivatives {
  return deriveMarks(ts, checker, marksIn(ts, checker, file), settings)
}

/** The derivatives of some of a file's marks; without settings no text is written, and all that is said of it is what is refused. */
export function deriveMarks(
  ts: TypeScript,
  checker: ts.TypeChecker,
  marks: readonly Mark[],
  settings: DerivativeSettings | undefined,
): FileDerivatives {
  const derived: Derived[] = []
  const refused: Refused[] = []
  const zero = new Map<ts.Node, Refused>()
  const known: KnownOfMarks = { understood: [], zero, assigned: new Map() }
  for (const mark of marks) {
    const found = derive(ts, checker, mark, settings, known)
    if ('texts' in found) derived.push(found)
    else refused.push(found)
  }
  return { derived, refused, zero: [...zero.values()] }
}

/** What was found out for the marks before. */
interface KnownOfMarks {
  readonly understood: Understood[]
  readonly zero: Map<ts.Node, Refused>
  readonly assigned: AssignedNames
}

function derive(
  ts: TypeScript,
  checker: ts.TypeChecker,
  { argument, kinds, by }: Mark,
  settings: DerivativeSettings | undefined,
  { understood, zero, assigned }: KnownOfMarks,
): Derived | Refused {
  const known = functionOf(ts, checker, argument)
  if (!known) return { node: argument, entry: catalogue.notKnown, args: [writtenOut(ts, checker, argument)] }
  const file = argument.getSourceFile()
  const name = calledName(ts, known.node, argument)
  if (!ts.isExternalModule(file)) return { node: argument, entry: catalogue.derivedInScript, args: [name] }
  const outside = new Map<string, ts.Symbol>()
  const path: Activation[] = []
  try {
    // the gradient has the shape that one of them asks for
    if (checker.getTypeAtLocation(argument).getCallSignatures().length > 1)
      throw new DerivativeFault(catalogue.notDerived, argument, 'a function with several signatures')
    const order = kinds.includes('hvp') ? 2 : 1
    const visible = visibleAt(ts, checker, argument, outside)
    const wanted = { ...known, by, order }
    if (!settings && understood.some(each => isUnderstood(each, wanted, visible))) return { argument, texts: new Map() }
    const entered = enter(ts, checker, known, visible, path, by, order, containerOfThis(ts, argument), assigned)
    requireKept(ts, entered)
    if (!known.taken) for (const [node, each] of zerosOf(ts, argument, known.node, name, entered)) zero.set(node, each)
    understood.push({ ...wanted, captured: [...outside.values()] })
    if (!settings) return { argument, texts: new Map() }
    const indent = indentAt(file, argument)
    const texts = new Map(
      inOrder(kinds).map(kind => [
        by === undefined ? kind : `${kind} by ${by}`,
        writers[kind as keyof typeof writers](entered, outside.keys(), indent, settings),
      ]),
    )
    requireMeant(ts, checker, argument, outside, texts.values())
    return { argument, texts }
  } catch (error) {
    if (!(error instanceof DerivativeFault)) throw error
    return refusedFor(ts, file, argument, name, error, error.path ?? path)
  }
}

/** A function that can be derived, with the names that it reads from outside. */
interface Understood extends KnownFunction {
  readonly by: readonly number[] | undefined
  readonly order: number
  readonly captured: readonly ts.Symbol[]
}

const isUnderstood = (
  { node, taken, by, order, captured }: Understood,
  wanted: Omit<Understood, 'captured'>,
  visible: Enter['captured'],
) =>
  node === wanted.node &&
  taken === wanted.taken &&
  `${by}` === `${wanted.by}` &&
  order >= wanted.order &&
  captured.every(each => visible(each) !== undefined)

/** What writes each kind of derivative. */
const writers = { grad: adjointText, jvp: tangentText, hvp: curvatureText } as const

/** A union's members have no order of their own, and each compiler gives them in another one. */
const inOrder = (kinds: readonly string[]) => {
  const order = Object.keys(writers)
  return kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
}

const indentAt = ({ text }: ts.SourceFile, { pos }: ts.Node): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', pos) + 1))![0]

/** Throws where a name in the texts means something else than at the function. */
function requireMeant(
  ts: TypeScript,
  checker: ts.TypeChecker,
  site: ts.Node,
  outside: ReadonlyMap<string, ts.Symbol>,
  texts: Iterable<PlacedText>,
): void {
  for (const { text } of texts) {
    requireGlobals(ts, checker, site, text)
    requireUnshadowed(site, outside.keys(), text)
  }
}

/** Names that texts declare whatever they read from outside. */
const FIXED = new Set(['$', '_', 'seed', '_seed', 'T', 'sp', 'R', 'key', 'object', 'arrived'])

/** Throws where the text declares a name that it reads from outside. */
function requireUnshadowed(site: ts.Node, outside: Iterable<string>, text: string): void {
  for (const name of outside)
    if (FIXED.has(name) && new RegExp(`(?:^\\(|, |\\b(?:let|const) )${name === '$' ? '\\$' : name}(?::| =)`).test(text))
      throw new DerivativeFault(catalogue.notVisible, site, name)
}

/** Throws where a name of JavaScript's own means something else at the site. */
function requireGlobals(ts: TypeScript, checker: ts.TypeChecker, site: ts.Node, text: string): void {
  const used = new Set(
    text.match(/(?<![\w$.])(?:Math|Number|Array|NaN|Infinity|isNaN|isFinite|Object|Float64Array|\w*Error)(?![\w$])/g),
  )
  const inScope = namesInScope(ts, checker, site)
  for (const name of used) {
    const symbol = inScope(name)
    if (symbol && !isOfLibrary(symbol)) throw new DerivativeFault(catalogue.notVisible, site, name)
  }
}

const entryOf = {
  rounded: catalogue.rounds,
  text: catalogue.becomesText,
  unknown: catalogue.unknownBody,
  object: catalogue.object,
}

/** Throws where a statement writes into an argument, or where one without a derivative takes what depends on one. */
function requireKept(ts: TypeScript, entered: Entered): void {
  const calleeOf = (node: ts.Node) => (ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : node)
  const memory = memoryOf(entered)
  const faultOf = ({ node, about, kind, spread }: Obligation): DerivativeFault | undefined => {
    if (kind === 'spread') {
      const lost = lostBySpread(entered, memory, about, spread!)
      const what = `the property ${lost}, which the type leaves out here and something reads later,`
      return lost === undefined ? undefined : new DerivativeFault(catalogue.notDerived, node, what)
    }
    if (kind === 'invisible') return new DerivativeFault(catalogue.notVisible, node, node.getText())
    if (kind === 'written') {
      const source = [...memory.placesOf(about)].find(each => each.source)?.source
      return source && new DerivativeFault(catalogue.writesInput, node, source.wanted)
    }
    if (kind === 'foreign') {
      const isForeign = [...memory.placesOf(about)].some(each => each.source)
      return isForeign
        ? new DerivativeFault(catalogue.unknownBody, node, calleeOf(node).getText().slice(0, 40))
        : undefined
    }
    const isDependent = about.kind === 'scalar' ? memory.isActive(about) : memory.isShadowed(about)
    return isDependent ? new DerivativeFault(entryOf[kind], node, calleeOf(node).getText().slice(0, 40)) : undefined
  }
  for (const obligation of entered.obligations) {
    const fault = faultOf(obligation)
    if (!fault) continue
    fault.path = obligation.path
    throw fault
  }
}

// ---- the function

function functionOf(ts: TypeScript, checker: ts.TypeChecker, argument: ts.Expression): KnownFunction | undefined {
  const found = inner(ts, argument) as ts.Expression
  if (ts.isArrowFunction(found) || ts.isFunctionExpression(found)) return { node: found }
  if (ts.isCallExpression(found)) return derivativeOf(ts, checker, found)
  const member = propertyOfConstant(ts, checker, found)
  if (member && ts.isFunctionLike(member)) return { node: member as FunctionNode }
  if (member && ts.isIdentifier(member)) return functionOf(ts, checker, member)
  if (!ts.isIdentifier(found) && !isMemberOfModule(ts, checker, found)) return undefined
  const symbol = symbolAt(ts, checker, found)
  const node = symbol && knownFunction(ts, symbol)
  if (node) return { node }
  const value = symbol && constantOf(ts, symbol)
  return value && ts.isCallExpression(value) ? derivativeOf(ts, checker, value) : undefined
}

/** `grad(f)`, whose derivative is the second one of f. */
function derivativeOf(ts: TypeScript, checker: ts.TypeChecker, call: ts.CallExpression): KnownFunction | undefined {
  const verb = packageName(ts, checker, call.expression)?.name
  if ((verb !== 'grad' && verb !== 'valueAndGrad') || call.arguments.length !== 1) return undefined
  const f = functionOf(ts, checker, call.arguments[0]!)
  return f && !f.taken ? { ...f, taken: verb } : undefined
}
