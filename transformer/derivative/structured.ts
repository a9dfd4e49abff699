/**
 * A function on numbers as structured statements: variables that may be assigned again, operations of the table of rules, memory,
 * choices and loops. It must not know TypeScript's trees, nor derivatives.
 */

/** A local variable. Shadows and adjoints hang on it later. */
export interface Variable {
  /** The name that the user gave, or one for a result in between. */
  wanted: string
  readonly kind: 'scalar' | 'reference'
  /** The expression that the variable stands for outside of the function: a captured array or record. */
  readonly outer?: string
  /** Whether the text must not use what TypeScript knows of the type of that expression. */
  readonly isUntyped?: boolean
  /** Whether one statement alone assigns it, as a constant or a result in between. */
  readonly isFixed: boolean
}

/** Whether a variable may be called as the user calls what holds the same. */
export const isMadeUpName = (name: string): boolean =>
  /^(?:t|chosen|each|found|given|(?:list|pair)\d*|next|part|random|record|result|total|\w+At)$/.test(name)

/** The classes of typed arrays of numbers. Those of whole numbers, and Float32Array, round what is stored. */
export type TypedName = `${'Float64' | 'Float32' | `${'Int' | 'Uint'}${8 | 16 | 32}` | 'Uint8Clamped'}Array`

/** What a statement reads: a variable, or a text without effects, such as a literal, a property's name or a captured number. */
export type Atom = Variable | string

/** Where a statement comes from: a node of the user's text, by its first character. */
export interface SourcePlace {
  readonly fileName: string
  readonly start: number
}

/** A text with atoms in it. */
export type Template = readonly Atom[]

export type Statement = StatementForm & { readonly at?: SourcePlace | undefined }

type StatementForm =
  | { readonly k: 'set'; readonly target: Variable; readonly from: Atom }
  /** A row of the rules, one of the rows that take any number of operands, or the tangent of either (rows.ts). */
  | { readonly k: 'operation'; readonly target: Variable; readonly rule: string; readonly operands: readonly Atom[] }
  /** A value through which no derivative passes: a comparison, a length, a sign test. */
  | { readonly k: 'constant'; readonly target: Variable; readonly text: Template }
  /** A typed array of zeros, or of `fill`. */
  | {
      readonly k: 'make'
      readonly target: Variable
      readonly of: 'array' | 'record' | 'typed'
      /** The class of a typed array; that of its adjoints is Float64Array, and so is what is not said. */
      readonly name?: TypedName
      readonly length?: Atom
      readonly fill?: '-0'
    }
  | { readonly k: 'load'; readonly target: Variable; readonly from: Variable; readonly key: Atom }
  | { readonly k: 'store'; readonly to: Variable; readonly key: Atom; readonly from: Atom }
  | { readonly k: 'push'; readonly to: Variable; readonly from: Atom }
  /** Sets the length of an array to a smaller one, or the same. The array of adjoints keeps its length: what was there has adjoints still. */
  | { readonly k: 'shrink'; readonly of: Variable; readonly to: Atom }
  /** Ends the run if an array has no element there. */
  | { readonly k: 'dense'; readonly of: Variable; readonly key: Atom }
  | { readonly k: 'throw'; readonly text: Template }
  /**
   * What may be seen from outside: it runs exactly once, in its place, whether its value is read or not. No derivative passes.
   * `mayWrite` says whether it may change an array, a record or a variable that a statement reads, through whatever name.
   * One that `isPure` is seen by nobody, and runs once only because it takes long.
   */
  | {
      readonly k: 'effect'
      readonly target?: Variable
      readonly text: Template
      readonly mayWrite: boolean
      readonly isPure?: true
    }
  /** A call of a unit, which may call itself; `reads` and `assigns` are variables of the function around it (planned/captured.ts). */
  | {
      readonly k: 'call'
      readonly target?: Variable
      readonly unit: number
      readonly operands: readonly Atom[]
      readonly reads?: readonly Variable[]
      readonly assigns?: readonly Variable[]
    }
  | { readonly k: 'if'; readonly test: Atom; readonly whenTrue: Statements; readonly whenFalse: Statements }
  /** `before` runs, then `test` decides whether `body` runs and the loop goes on. */
  | { readonly k: 'loop'; readonly before: Statements; readonly test: Atom; readonly body: Statements }

export type Statements = readonly Statement[]

interface Body {
  readonly parameters: readonly Variable[]
  readonly body: Statements
  /** A number, or an array or record of numbers. */
  readonly result: Atom
}

/** A function that is called where it stands, with variables of its own in each call. What it captures is the outer function's. */
export interface Unit extends Body {
  readonly wanted: string
}

/** A function of the arguments of a derivative. */
export interface StructuredFunction extends Body {
  /** The parameters by which it is derived; the others are constants. */
  readonly inputs: readonly Variable[]
  /** Whether the result is a tangent: where it is NaN, what it was computed of need not have the derivative NaN. */
  readonly isTangent?: boolean
  /** Those that calls name by their places here. */
  readonly units: readonly Unit[]
}

/** The statements inside of one, in order. */
export function blocksOf(statement: Statement): readonly Statements[] {
  if (statement.k === 'if') return [statement.whenTrue, statement.whenFalse]
  return statement.k === 'loop' ? [statement.before, statement.body] : []
}

/** Each statement, outer before inner. */
export function allOf(statements: Statements): readonly Statement[] {
  return withInner(statements, [])
}

/** Each statement of a function, those of its units included. */
export function allIn({ body, units }: StructuredFunction): readonly Statement[] {
  const found = withInner(body, [])
  for (const each of units) withInner(each.body, found)
  return found
}

/** A list and not a generator, which would hand each statement on through all blocks around it. */
function withInner(statements: Statements, found: Statement[]): Statement[] {
  for (const each of statements) {
    found.push(each)
    for (const block of blocksOf(each)) withInner(block, found)
  }
  return found
}

/** Whether a statement may be seen from outside. */
export const isSeen = (each: Statement) => each.k === 'effect' && !each.isPure

/** The variables that statements assign. */
export const targetsIn = (statements: Iterable<Statement>): ReadonlySet<Variable> =>
  new Set([...statements].flatMap(assignedTo))

/** The variables that a statement itself assigns. */
const assignedTo = (each: Statement): readonly Variable[] => {
  const target = 'target' in each && each.target ? [each.target] : []
  return each.k === 'call' && each.assigns ? [...target, ...each.assigns] : target
}

/** What a statement itself reads, without the statements inside of it. */
export function readBy(statement: Statement): readonly Atom[] {
  switch (statement.k) {
    case 'set':
      return [statement.from]
    case 'operation':
      return statement.operands
    case 'call':
      return statement.reads ? [...statement.operands, ...statement.reads] : statement.operands
    case 'constant':
    case 'throw':
    case 'effect':
      return statement.text
    case 'make':
      return statement.length === undefined ? [] : [statement.length]
    case 'load':
      return [statement.from, statement.key]
    case 'store':
      return [statement.to, statement.key, statement.from]
    case 'push':
      return [statement.to, statement.from]
    case 'dense':
      return [statement.of, statement.key]
    case 'shrink':
      return [statement.of, statement.to]
    case 'if':
    case 'loop':
      return [statement.test]
  }
}

export const isVariable = (atom: Atom): atom is Variable => typeof atom !== 'string'

/** The function without statements that compute what nobody reads. */
export function withoutUnused(given: StructuredFunction): StructuredFunction {
  for (let f = given; ; ) {
    const read = new Set<Atom>([f.result, ...f.units.map(({ result }) => result)])
    for (const each of allIn(f)) for (const atom of readBy(each)) read.add(atom)
    const body = filtered(f.body, read)
    const units = f.units.map(each => ({ ...each, body: filtered(each.body, read) }))
    const next = { ...f, body, units }
    if (allIn(next).length === allIn(f).length) return next
    f = next
  }
}

function filtered(statements: Statements, read: ReadonlySet<Atom>): Statements {
  return statements.flatMap((each): Statement[] => {
    if (each.k === 'loop') return [{ ...each, before: filtered(each.before, read), body: filtered(each.body, read) }]
    if (each.k === 'if') {
      const [then, otherwise] = [filtered(each.whenTrue, read), filtered(each.whenFalse, read)]
      return then.length + otherwise.length > 0 ? [{ ...each, whenTrue: then, whenFalse: otherwise }] : []
    }
    if (!('target' in each) || !each.target || read.has(each.target)) return [each]
    if (each.k === 'effect') return each.isPure ? [] : [{ k: 'effect', text: each.text, mayWrite: each.mayWrite }]
    if (each.k !== 'call') return []
    const { target: _, ...rest } = each
    return [rest]
  })
}
