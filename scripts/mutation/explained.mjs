// Mutants that may survive, each with its reason. It must not know how they are run.

/** The end of a file's path, the original code, its replacement (any, where it is undefined), and why no test can or need notice it. */
const explained = [
  [
    'meaning/meaning.ts',
    "kind === 'any'",
    'false',
    'equivalent: `any` takes up a union, so no other part is left, and the result is undefined',
  ],
  ['meaning/table-check.ts', '!mayHoldTables(file)', 'false', 'only speed: files without the name are walked in vain'],
  [
    'build/shapes.ts',
    '[name, shapeOf(ts, next, name)]',
    '[]',
    'only speed: each changed file seems to have another shape, and more files are verified',
  ],
  [
    'build/known-files.ts',
    '!verified.has(fileName) && (!known.has(fileName) || isDue(fileName))',
    'true',
    'only speed: more files are verified than somebody asked for',
  ],
  [
    'build/known-files.ts',
    '!known.has(fileName) || isDue(fileName)',
    'true',
    'only speed: more files are verified than somebody asked for',
  ],
  [
    'build/known-files.ts',
    '!verified.has(fileName) && !isDue(fileName)',
    '!verified.has(fileName) || !isDue(fileName)',
    'only speed: a new file is verified once more when somebody asks for it',
  ],
  [
    'build/known-files.ts',
    '!isNew(each)',
    'isNew(each)',
    'only speed: a new file is verified once more when somebody asks for it',
  ],
  [
    'build/known-files.ts',
    'isNew(each) && !rests',
    'false',
    'only speed: a new file is verified once more when somebody asks for it',
  ],
  [
    'build/shapes.ts',
    'was !== now.get(name)',
    'true',
    'only speed: each changed file seems to have another shape, and more files are verified',
  ],
  ['build/session.ts', '!before || moved', 'true', 'only speed: all files are verified again after each edit'],
  [
    'build/session.ts',
    'before === undefined',
    'before !== undefined',
    'only speed: what is not verified at first is verified when somebody asks for it',
  ],
  [
    'meaning/tables.ts',
    '!type || !(type.flags & ts.TypeFlags.UniqueESSymbol)',
    'false',
    'guards a fault of our own: the symbol is unique in every release',
  ],
  [
    'rules/rules.ts',
    'Math.abs(x) < 20',
    'Math.abs(x) <= 20',
    'equivalent: both formulas of tanh give the same double at 20',
  ],
  ['rules/rules.ts', 'x + 1', 'x - 1', 'equivalent: only at x = 1, beside a factor of 0, in the denominator'],
  ['rules/rules.ts', 'a > b', 'a >= b', 'equivalent: equals have been asked for before'],
  ['rules/rules.ts', 'b > a', 'b >= a', 'equivalent: equals have been asked for before'],
  ['rules/rules.ts', '-a', '+a', 'equivalent but for the sign of a zero: only where a is 0'],
  ['rules/rules.ts', 'x < 0', 'x <= 0', 'equivalent: both formulas are 0.5 at 0'],
  [
    'build/known-files.ts',
    '(isNew(each) && !rests) || isDue(each.original.fileName)',
    'isNew(each) && !rests && isDue(each.original.fileName)',
    'only speed: more files are verified than somebody asked for',
  ],
  [
    'syntax/places.ts',
    'start * 2 ** 26 + end',
    'start * 2 ** 26 - end',
    'equivalent: no other place has the same number, as long as texts are shorter than 2 ** 26 characters',
  ],
  ['derivative/adjoint.ts', "'$.free(T)'", '""', 'only memory: the next call makes a new list'],
  ['text/text.ts', 'i > 0', undefined, 'equivalent: the first piece starts at 0, before the end of every range'],
  ['text/positions.ts', '{ start, length }', '{}', 'equivalent: the diagnostic that is spread before it has both'],
  ['text/positions.ts', '[]', '["Stryker was here"]', 'equivalent: no segment of these maps has a name'],
]

/** Why a mutant may survive; undefined if nobody knows. */
export function reasonFor({ fileName, original, replacement }) {
  const row = explained.find(
    ([file, from, to]) => fileName.endsWith(file) && original === from && (to === undefined || replacement === to),
  )
  return row?.[3]
}
