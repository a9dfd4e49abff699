/** The messages about operators, 91xxx of syntax and 92xxx of types. It must not know how a fault is found. */

export const operatorMessages = {
  spreadArgument: {
    code: 91001,
    text: '`{0}` with a spread argument is not supported on {1}. Reduce the array: `{2}`.',
    advice:
      'The number of arguments in a spread is known only at run time. Reduce the array with the two-argument form. A method with a rest parameter takes a spread behind its object: `Math.max(v, ...vs)` is `v.max(...vs)`.',
  },
  dispatchInScript: {
    code: 91002,
    text: '`{0}` on {1} compiles to a call of an imported function, but this file is a script. Add `export {}` to make it a module.',
    advice:
      'A file without any import or export is a script, and an inserted import would silently turn it into a module. Add `export {}` to make it one yourself.',
  },
  operatorNotNamed: {
    code: 92001,
    text: '`{0}` is not defined for {1}. {2}',
    advice:
      'No class of the operands names this operator in its `[operators]` table, or the class names it only for the other side (`2 * v` needs an entry under `reflected`).',
  },
  operandsDoNotFit: {
    code: 92002,
    text: '`{0}` cannot take operands of type {1}.',
    advice:
      'An operand may be a number or an object, so the method is chosen at run time; for one of the combinations neither the class nor JavaScript defines the operator.',
  },
  differentMethods: {
    code: 92003,
    text: "The classes of the operands name different methods for `{0}`: {1}. Narrow the operand of type '{2}' to one class.",
    advice:
      'The operands may be of several classes, which name different methods for the same operator. Narrow an operand of a union type to one class, for example by `instanceof`.',
  },
  noSuchMethod: {
    code: 92004,
    text: "The operator table names the method '{1}' for `{0}`, but '{1}' {2} {3}.",
    advice: 'Each entry of an `[operators]` table must name a method of the same class.',
  },
  chainTooLong: {
    code: 92005,
    text: 'A chain of {0} operators on {1} is too long for TypeScript to check. Assign parts of it to variables: `const part = …`.',
    advice:
      "TypeScript's checker visits a chain of method calls recursively and overflows its stack. tsgrad writes a chain of more than 200 operators without nesting if all operators, from the first one on an object, have the same result type; in this chain the type changes. Sum in a loop, or assign parts of the expression to variables.",
  },
  possiblyAbsent: {
    code: 92006,
    text: "An argument of `{0}` is possibly 'null' or 'undefined': its type is '{1}'.",
    advice:
      'The method of this operator is chosen at run time, so tsgrad reports what TypeScript reports elsewhere for a value that may be missing. Check the value first.',
  },
  notUnderstood: {
    code: 92007,
    text: 'tsgrad could not determine what `{0}` does on {1}. Assign the operands to variables with type annotations.',
    advice:
      'The operands have other types in the compiled program than those by which tsgrad chose the method, and a second attempt did not change that. Type annotations fix the types before tsgrad looks at the operator.',
  },
  noSuchOperator: {
    code: 92008,
    text: 'The operator table{0} has an entry `{1}`, but `{1}` is not an operator. The operators are {2}.',
    advice:
      'The keys of an `[operators]` table are operators; tsgrad never uses any other key. `+=` and `++` use `+`, and `--` uses `-`. `reflected` holds the operators of an object on the right; signs are not among them.',
  },
  circular: {
    code: 92009,
    text: "The result of `{0}` feeds back into its own operand, so TypeScript cannot infer its type. Give '{1}' a type annotation.",
    advice:
      "This line follows TypeScript's own error TS7022. In a loop, a variable without a type annotation has the type of the operator's result, and that type depends on the variable. A type annotation (`const next: Numeric = x * a`) breaks the circle.",
  },
  neverOperand: {
    code: 92010,
    text: "An operand of `{0}` is of type 'never', which no value has. {1}",
    advice:
      "TypeScript takes 'never' for a number, so the operator would be JavaScript's own and give NaN for an object. An operand has this type where its whole type is ruled out, as behind the last `if` of a union, in an empty array without a type, and where only a callback assigns a variable that starts as null: TypeScript does not see that. Remove code that cannot run, or write the type of the values.",
  },
  sameMethod: {
    code: 92020,
    text: "`{0}` calls '{1}' at run time, which {2} names for it; {3} has a method of that name without naming it. Narrow the operand to one class, for example by `instanceof`.",
    advice:
      'An operand may be of several classes, so the method is chosen at run time, by its name. A class that does not name the operator, but has a method of the same name, would be called as well. Narrow the operand to one class, or name the operator there too.',
  },
  nestCalls: {
    code: 92021,
    text: '`{0}` of these operands calls different methods. Nest the calls: `{1}`.',
    advice:
      'Three or more operands of `Math.max`, `Math.min` and `Math.hypot` are taken two by two, by one method. Here the classes of the operands name different methods, or take each other only from one side. In nested calls each one has its own method.',
  },
  unreadableTable: {
    code: 92022,
    text: "The operator table of {0} {1}, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.",
    advice:
      'tsgrad reads the methods from the type of the table when it compiles. The type must be one object type whose properties are the operators, each with the name of a method as a literal type.',
  },
  tableNotConst: {
    code: 92023,
    text: "The values of the operator table of {0} are of type 'string', so they name no method. Declare the table as a type, `declare readonly [operators]: { … }`, or write `as const` behind it.",
    advice:
      "TypeScript widens `{ '+': 'add' }` to `{ '+': string }`. `declare` makes the table a type, which costs nothing at run time; `as const` keeps the literal types of a value.",
  },
  deadEntry: {
    code: 92024,
    text: 'The entry `{0}` under `reflected` is never used: {1}.',
    advice:
      "A method under `reflected` is asked for operands on the left that do not take the operator themselves. `'text' + v` is always JavaScript's own, an object of the same class takes it by its own entry, and a function of one operand has no left one.",
  },
  mergesWithNothing: {
    code: 92025,
    text: 'The interface {0} merges with no class or interface, so it has none of the methods that its operator table names. Is it at the place of the class that it is meant for?',
    advice:
      'An interface in `declare module` merges with the class of the same name at the same place: the top level of that module, or the namespace in which it exports the class. Look at where the declarations of the library declare the class.',
  },
  entryNamesNothing: {
    code: 92026,
    text: "The entry `{0}` of the operator table of {1} names no method: its type is not the name of one. Write the method's name: `'{0}': 'add'`.",
    advice: 'Each entry of a table has the name of one method as a literal type, and is neither optional nor empty.',
  },
  lengthOfOne: {
    code: 92027,
    text: "`{0}` of one operand calls '{1}' of {2} without the operand that it takes. Write `{3}`.",
    advice:
      'The length of one number is its absolute value, and a method of two operands cannot be called with one. Write `Math.abs`, or give 0 as the other operand.',
  },
  moduleNotFound: {
    code: 92028,
    text: "The type of '{0}' is not known, because TypeScript does not find the module '{2}', which {3} imports. So tsgrad cannot tell what `{1}` means. Tell TypeScript where the module is, as by `paths` in tsconfig.json, or describe it in a `declare module '{2}' { … }`.",
    advice:
      "A bundler may find modules that TypeScript does not: by an alias of its own, or made by a plugin. What they export has no type then, and an operator on it would be JavaScript's: NaN for the objects of a class. Compilers report the import itself. A `declare module` without braces makes all that the module exports `any`, whose operators are JavaScript's.",
  },
  nameNotFound: {
    code: 92029,
    text: "The type of '{0}' is not known, because TypeScript does not find the name '{2}'. So tsgrad cannot tell what `{1}` means. Import it, or say what a tool puts in its place: `declare const {2}: …`.",
    advice:
      "A bundler may put values in the place of names, as by `inject` or `define` of esbuild and the `ProvidePlugin` of webpack. They have no type then, and an operator on one would be JavaScript's: NaN for the objects of a class. Compilers report the name itself.",
  },
  alwaysTrue: {
    code: 92030,
    text: "The result of `{0}` is an object of type '{1}', and an object is true whatever its value is. Compare it, or test its plain value.",
    advice:
      'A condition is true for every object, also for one that stands for 0 or NaN, so `if (a - b)` always holds. Write the comparison that you mean: `if (a > b)`, or `if ((a - b).num !== 0)` for a tracked number.',
  },
  numberStart: {
    code: 92040,
    text: "'{0}' is a number by its start `{1}`, but `{2}` gives {3}. Write `{4}`.",
    advice:
      "This line follows TypeScript's own error. A variable, a field, a property or an array without a type annotation has the type of its start, here `number`; the result of the operator is no number. Annotate the start: `let s: Numeric = 0`.",
  },
  reduceStart: {
    code: 92041,
    text: "The start `{0}` makes '{1}' a number, but `{2}` gives {3}. Write `{4}`, or leave the start out{5}.",
    advice:
      "This line follows TypeScript's own error. The start of `reduce` is a number, so TypeScript takes the sum for a number. Say what it is, `xs.reduce<Numeric>((s, x) => s + x, 0)`, leave the start out where the array has an element, or call `sum(xs)`.",
  },
  mayBeNumber: {
    code: 92042,
    text: "'{0}' is of type {1}, which may be a number. {2}",
    advice:
      "This line follows TypeScript's own error. A function of `Numeric` takes numbers as well, so it may give one. With a type parameter, `<T extends Numeric>(x: T) => x * x`, its result depends on its argument; or let it take a class only.",
  },
  eachElement: {
    code: 92043,
    text: '`{0}` takes no arrays. Take its elements: `{1}`.',
    advice:
      "This line follows TypeScript's own error, but for a sign, before which TypeScript takes any object. Operators and functions of Math take one number; map the array.",
  },
  ownResult: {
    code: 92044,
    text: 'An operator on {0} gives a type of its own, not {0}. Leave the annotation out, or write the type that all of them have, such as `Numeric`.',
    advice:
      "This line follows TypeScript's own error. `T` may be a subtype, or one literal such as `2`; a product is of the class that the method gives. Without an annotation TypeScript infers the result.",
  },
  circularFunction: {
    code: 92045,
    text: "The result of `{0}` depends on what '{1}' returns, so TypeScript cannot infer it. Give '{1}' a return type.",
    advice:
      "This line follows TypeScript's own error TS7023 or TS7024. A function that calls itself needs a return type where an operator's operand is its own result: `function power(n: number): NumberWithGrad`.",
  },
  noNumber: {
    code: 92046,
    text: '`{0}` gives {1}, which is more than a number. Write that type instead of `number`, or take the value out of it.',
    advice:
      "This line follows TypeScript's own error. The annotation says `number`, and the result of the operator is an object or may be one. Write its type, or `Numeric`; the value of a tracked number is `x.num`.",
  },
  ownStart: {
    code: 92047,
    text: "'{0}' has the type of its start `{1}`, and each operator on a type parameter gives a type of its own. Write `{2}`.",
    advice:
      "This line follows TypeScript's own error. With `T` for a type, `x * 2` has the type `Binary<'*', T, number>`, and `x * 2 * x` another one, so a variable without a type annotation takes none but its start. Annotate it with what `T` extends: `let s: Numeric = x * 2`.",
  },
} as const
