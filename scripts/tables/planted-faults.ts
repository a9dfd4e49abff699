/**
 * Faults that were mended once, each put back by one replacement, with the test that holds its kind. It must not know how they are planted.
 */
export interface PlantedFault {
  /** What goes wrong with it. */
  readonly fault: string
  /** The source that was mended, the text that mends it, and what stands there with the fault. */
  readonly file: string
  readonly mended: string
  readonly planted: string
  /** The test file, and for a random one the programs that are tried. */
  readonly test: string
  readonly programs?: number
}

const formats = { test: 'test/formats.test.ts', programs: 60 }
const lists = { test: 'test/math-lists.test.ts', programs: 200 }
const unions = { test: 'test/unions.test.ts', programs: 60 }
const strings = { test: 'test/text-unions.test.ts', programs: 2 }
const mixed = (programs: number) => ({ test: 'test/derivative/mixed-programs.test.ts', programs })
const rows = (name: string) => ({ test: `test/${name}.test.ts` })

export const plantedFaults: readonly PlantedFault[] = [
  {
    fault: 'a base class from a module that is not found is taken for one without operators',
    file: 'transformer/build/unresolved.ts',
    mended: 'heritage.some(each => isOfError(checker.getTypeAtLocation(each)))',
    planted: 'heritage.some(() => false)',
    ...rows('missing-modules'),
  },
  {
    fault: 'a module that is not found is looked for in the file alone, not below it',
    file: 'transformer/build/unresolved.ts',
    mended: '[...below()].flatMap(name => unresolved.get(name) ?? [])',
    planted: '[...below()].flatMap(() => [])',
    ...rows('missing-modules'),
  },
  {
    fault: 'a comma behind the last argument stays, `a.log(,)`',
    file: 'transformer/lower/calls.ts',
    mended: 'copyGapWithoutComma(file, node.arguments.at(-1)!.end, node.end - 1, writer)',
    planted: 'copyGap(file, node.arguments.at(-1)!.end, node.end - 1, writer)',
    ...formats,
  },
  {
    fault: 'an assignment becomes a receiver without parentheses, `x = x.sub(5).abs()`',
    file: 'transformer/lower/receivers.ts',
    mended: 'return !ts.isLeftHandSideExpression(operand) || takesNoDot(ts, operand)',
    planted: 'return ts.isConditionalExpression(operand) || takesNoDot(ts, operand)',
    ...formats,
  },
  {
    fault: 'a statement without a semicolon goes on in the next line, `noop(v).inv()`',
    file: 'transformer/syntax/rewrite.ts',
    mended: 'if (isOpen && !isClosed)',
    planted: 'if (isOpen && isClosed)',
    ...formats,
  },
  {
    fault: 'comments between an operator and its operand are lost',
    file: 'transformer/lower/comments.ts',
    mended: 'for (const { start, length } of comments) {',
    planted: 'for (const { start, length } of comments.slice(1)) {',
    ...formats,
  },
  {
    fault: 'a line break behind `return -` ends the statement',
    file: 'transformer/lower/receivers.ts',
    mended: 'const isBehind = isOfSeveralLines(file, comments)',
    planted: 'const isBehind = false && isOfSeveralLines(file, comments)',
    ...formats,
  },
  {
    fault: 'a comment of several lines in parentheses that the compiler takes away ends a `return`',
    file: 'transformer/syntax/rewrite.ts',
    mended: 'if (isChanged && endsAtLineBreak(ts, node)) writer.',
    planted: 'if (isChanged && endsAtLineBreak(ts, child)) writer.',
    ...{ test: 'test/held-lines.test.ts', programs: 60 },
  },
  {
    fault: 'a session does not see that another file exports a `Math` into a namespace',
    file: 'transformer/build/known-files.ts',
    mended: 'mayHoldTables(original) || hasParts(ts, original) ||',
    planted: 'mayHoldTables(original) ||',
    ...{ test: 'test/edits.test.ts', programs: 15 },
  },
  {
    fault: 'a session does not see it where the other file was not listed',
    file: 'transformer/build/session.ts',
    mended: 'if (!before)\n',
    planted: 'if (before && !before)\n',
    ...rows('session'),
  },
  {
    fault: 'an editor does not see it',
    file: 'transformer/hosts/tsserver/parsed.ts',
    mended: 'const found = hasParts(ts, file) ?',
    planted: 'const found = !hasParts(ts, file) ?',
    ...rows('tsserver/settled'),
  },
  {
    fault: 'operands behind the second are left out of `Math.max`',
    file: 'transformer/meaning/math.ts',
    mended: 'return !isFolded(site) || (isTaken && fits)',
    planted: 'return !isFolded(site) || fits',
    ...lists,
  },
  {
    fault: 'numbers before the first object of a list are left out',
    file: 'runtime/operators/dispatch.ts',
    mended: 'before.length === 1 ? before[0] : native(...before)',
    planted: 'before[0]',
    ...lists,
  },
  {
    fault: 'a union calls a method of the same name that its class does not name',
    file: 'transformer/meaning/meaning.ts',
    mended: 'if (!other) return undefined',
    planted: 'return undefined',
    ...unions,
  },
  {
    fault: 'an object that can be called counts as a number at run time',
    file: 'runtime/operators/dispatch.ts',
    mended: "|| typeof operand === 'function'",
    planted: '',
    ...unions,
  },
  {
    fault: '`numeric * obj` is not written `obj.mul(numeric)`, though all parts of the left agree',
    file: 'transformer/meaning/pairs.ts',
    mended: 'left.every(each => leavesToRight(reader, key, each, right))',
    planted: 'left.length === 1 && leavesToRight(reader, key, left[0]!, right)',
    ...rows('diagnostics'),
  },
  {
    fault: 'a target is evaluated twice',
    file: 'transformer/syntax/syntax.ts',
    mended: 'return !isRepeatable(ts, target) || needsOldValue(ts, site)',
    planted: 'return needsOldValue(ts, site)',
    ...{ test: 'test/order.test.ts', programs: 100 },
  },
  {
    fault: 'a number on the left that has an effect is evaluated behind the object',
    file: 'transformer/meaning/order.ts',
    mended: 'return onlyLiterals(ts, left) || (isFixed(ts, left) && isPlainRead(ts, right))',
    planted: 'return true',
    ...{ test: 'test/order.test.ts', programs: 100 },
  },
  {
    fault: '`x++` gives the new value',
    file: 'runtime/operators/dispatch.ts',
    mended: 'return value\n}',
    planted: 'return _then as T\n}',
    ...{ test: 'test/programs.test.ts', programs: 100 },
  },
  {
    fault: 'a session keeps the text of a file when the types above it have changed',
    file: 'transformer/build/session.ts',
    mended: 'if (before) known.distrust(',
    planted: 'if (!before) known.distrust(',
    ...{ test: 'test/edits.test.ts', programs: 30 },
  },
  {
    fault: 'a `Math` that another script exports from the same namespace counts as that of JavaScript',
    file: 'transformer/ask/exported-names.ts',
    mended: "if (form !== 'math') return false",
    planted: 'return false',
    ...{ test: 'test/hidden-names.test.ts', programs: 300 },
  },
  {
    fault: 'a `Math` of a block of the file counts as that of JavaScript',
    file: 'transformer/syntax/scope.ts',
    mended: 'if (scopes.has(node)) return true',
    planted: 'if (scopes.has(node)) return ts.isSourceFile(node)',
    ...{ test: 'test/hidden-names.test.ts', programs: 300 },
  },
  {
    fault: 'operators in values of enums are not found',
    file: 'transformer/syntax/rewrite.ts',
    mended: 'if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return false',
    planted: 'if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) return false',
    ...rows('running-operators'),
  },
  {
    fault: 'a derivative of 0 that arrived passes nothing on, so that 0 times Infinity is 0',
    file: 'runtime/engine/slots.ts',
    mended: 'if (derivative === 0 && 1 / derivative < 0) continue',
    planted: 'if (derivative === 0) continue',
    ...{ test: 'test/second-order.test.ts', programs: 1000 },
  },
  {
    fault: 'one of four directions takes the adjoint of its neighbour',
    file: 'runtime/sweep/lanes.ts',
    mended: 'adjoint[a + 3]! += d3 * p',
    planted: 'adjoint[a + 3]! += d2 * p',
    ...{ test: 'test/slot-sweeps.test.ts', programs: 1000 },
  },
  {
    fault: 'numbers of a call of `grad` do not end with it',
    file: 'runtime/scope/scope.ts',
    mended: 'const { top } = tape\n  life.ended = true',
    planted: 'const { top } = tape',
    ...{ test: 'test/kept-numbers.test.ts', programs: 200 },
  },
  {
    fault: "a gradient has one number for each that the caller's array has after the call",
    file: 'runtime/verbs/plain-gradient.ts',
    mended: 'for (let i = 0; i < length; i++) gradient',
    planted: 'for (let i = 0; i < numbers.length; i++) gradient',
    ...rows('shapes'),
  },
  {
    fault: 'a derivative reads memory again that was written in between',
    file: 'transformer/derivative/planned/storage.ts',
    mended: "if (value.k === 'load' && !asked.values.isStable(by)) return Infinity",
    planted: '',
    ...mixed(20),
  },
  {
    fault: 'a derivative does not see writes behind a load',
    file: 'transformer/derivative/planned/values/untouched.ts',
    mended: 'return isOlder(reference, by, made, values, parents) || !mayFollow(write, load, made, values, parents)',
    planted: 'return true',
    ...{ test: 'test/derivative/programs.test.ts', programs: 40 },
  },
  {
    fault: 'the version of a file does not tell that an operator is refused in it',
    file: 'transformer/build/settle.ts',
    mended: 'versions.get(name) ?? VERSION',
    planted: 'VERSION',
    ...rows('hidden-edits'),
    programs: 2,
  },
  {
    fault: 'the shape of a file leaves out the types of private members',
    file: 'transformer/build/shape.ts',
    mended: '...members.map(shown), ',
    planted: '...members.slice(members.length).map(shown), ',
    ...rows('hidden-edits'),
    programs: 2,
  },
  {
    fault: 'a loop counts to a bound that its turns change',
    file: 'transformer/derivative/planned/values/counted.ts',
    mended: 'if (!from || !isInvariant(bound, loop, isStable)) return undefined',
    planted: 'if (!from) return undefined',
    ...mixed(40),
  },
  {
    fault: 'an adjoint that may have arrived is taken for one that did',
    file: 'transformer/derivative/planned/backward/adjoints.ts',
    mended: "walk.arrivals.get(variable) === 'sure'",
    planted: 'walk.arrivals.has(variable)',
    ...mixed(40),
  },
  {
    fault: 'a result moves to its reader across a write of memory',
    file: 'transformer/derivative/planned/inlined.ts',
    mended: 'if (!readsMemory(reader)) return false\n',
    planted: 'return false\n',
    ...mixed(40),
  },
  {
    fault: 'a result moves to its reader across an assignment of what it is computed of',
    file: 'transformer/derivative/planned/inlined.ts',
    mended: 'if (atoms.some(atom => isVariable(atom) && written.has(atom))) return true',
    planted: '',
    ...mixed(100),
  },
  {
    fault: 'places of two gradients with one name are added up together',
    file: 'transformer/derivative/planned/gathered.ts',
    mended: '[...gradients].indexOf(to.of.local)',
    planted: '0',
    ...mixed(100),
  },
  {
    fault: 'a copy stands for a variable that was assigned since',
    file: 'transformer/derivative/planned/simplified.ts',
    mended: 'if (!isOwnStep) return false',
    planted: '',
    ...mixed(20),
  },
  {
    fault: 'a variable gets its new value before the old one was read',
    file: 'transformer/derivative/planned/simplified.ts',
    mended: 'if (!to || found.slice(i + 1, at).some(other => isMentionedBy(other, to))) continue',
    planted: 'if (!to) continue',
    ...mixed(200),
  },
  {
    fault: 'a loop that multiplies what it adds up runs backwards in the same turns',
    file: 'transformer/derivative/planned/fusing.ts',
    mended: 'return leaves.length === 1 && leaves[0] === target && addsTo(asked, each, target)',
    planted: 'return leaves.includes(target)',
    ...mixed(100),
  },
  {
    fault: 'a loop whose turns hand on an array runs backwards in the same turns',
    file: 'transformer/derivative/planned/fusing.ts',
    mended: 'return places.every(({ by }) => by !== undefined && made.has(by) && !loop.before.includes(by))',
    planted: 'return true',
    ...mixed(100),
  },
  {
    fault: 'a record with two names is one of its parts twice, though it is written',
    file: 'transformer/derivative/planned/parted.ts',
    mended: '(!isWritten || members.size === 1)',
    planted: 'members.size > 0',
    ...mixed(40),
  },
  {
    fault: 'a leaf of a derivative keeps the gradient of an earlier call',
    file: 'runtime/scope/outermost.ts',
    mended: 'slots.adjoint[slot] = 0 // a leaf',
    planted: 'void slot // a leaf',
    ...rows('calls-in-any-order'),
  },
  {
    fault: 'an inner derivative forgets that backward() was called in it',
    file: 'runtime/scope/scope.ts',
    mended: 'scope.swept || (scope.nested && tape.swept)',
    planted: 'scope.swept',
    ...rows('calls-in-any-order'),
  },
  {
    fault: 'a string joins only where all of the other side are objects of classes',
    file: 'transformer/meaning/pairs.ts',
    mended: "return right.some(({ kind }) => kind === 'operators')",
    planted: "return right.every(({ kind }) => kind === 'operators')",
    ...strings,
  },
  {
    fault: 'what may be a string is left to the object on the right',
    file: 'transformer/meaning/pairs.ts',
    mended: "left.kind === 'any' || (key === '+' && left.kind === 'string')",
    planted: "left.kind === 'any'",
    ...strings,
  },
  {
    fault: 'a string reaches a method that takes none',
    file: 'transformer/meaning/pairs.ts',
    mended: "(right.kind === 'string' && !direct)",
    planted: "right.kind === 'string'",
    ...strings,
  },
]
