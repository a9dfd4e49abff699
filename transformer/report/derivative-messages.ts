/** The messages about functions on plain numbers without a derivative, 94xxx. It must not know how a fault is found. */

export const derivativeMessages = {
  unknownBody: {
    code: 94001,
    text: "tsgrad cannot derive {0}: it does not know the body of '{1}'.{2} Write the function in the project, or let {0} take NumberWithGrad.",
    advice:
      'tsgrad derives a function on plain numbers from its source text, with the text of each function that it calls. It has no such text of a library function, of most methods, or of a parameter. A function on tracked numbers, `(x: NumberWithGrad) => …`, may call any function that takes them.',
  },
  writesInput: {
    code: 94002,
    text: "tsgrad cannot derive {0}: this writes into '{1}'.{2} The gradient is taken at the values passed in, and two arguments may be the same array. Write into a copy: `{1}.slice()`, for rows `{1}.map(row => row.slice())`.",
    advice:
      'A derived function must not write into its arguments or into arrays from outside, whether by their names, through another variable or a row that may be one of them, or in a function that it calls. Copy the array first.',
  },
  unknownMethod: {
    code: 94003,
    text: "tsgrad cannot derive {0}: the method '{1}' of arrays has no derivative here.{2} Write a loop, or copy with `slice`.",
    advice:
      'tsgrad derives array methods as loops. It refuses methods that make strings, such as `join`, and `subarray`, whose result shares memory with the array.',
  },
  sortsTexts: {
    code: 94021,
    text: 'tsgrad cannot derive {0}: without a comparator, `sort` compares strings.{2} Pass one: `sort((a, b) => a - b)`.',
    advice:
      'Without a comparator JavaScript sorts 10 before 9. In a derived function the comparator must be an expression of its two parameters, or one behind each `if`, because JavaScript does not define how often it calls a comparator.',
  },
  becomesText: {
    code: 94004,
    text: 'tsgrad cannot derive {0}: this is a string, which has no derivative.{2} Compute with numbers only.',
    advice:
      'A derived function must not make a string from a number that depends on its arguments, except for `console.log` and for the message of an error.',
  },
  rounds: {
    code: 94005,
    text: "tsgrad cannot derive {0}: '{1}' rounds a number that depends on the arguments.{2} Use a Float64Array, or Math.round if the derivative is to be 0.",
    advice:
      'Bitwise operators and arrays of whole numbers, such as Int32Array, round their numbers. The derivative of rounding is 0 or does not exist, which is rarely intended.',
  },
  functionAsValue: {
    code: 94006,
    text: 'tsgrad cannot derive {0}: a function is stored as a value here, so tsgrad does not know which body runs.{2} Call it by its name, or pass it to a function directly.',
    advice:
      'A derived function may call functions by their names and pass them as arguments. It must not store a function in an array, a record or a variable that is assigned again, nor return one.',
  },
  outerAssigned: {
    code: 94007,
    text: "tsgrad cannot derive {0}: it assigns '{1}', which is declared outside of it.{2} Return the value instead.",
    advice:
      'The compiled derivative runs the statements of the function in another order and more than once, so the function must not assign variables outside of it.',
  },
  tried: {
    code: 94008,
    text: 'tsgrad cannot derive {0}: `try` has no derivative, because what ran before an exception cannot be undone.{2} Test the condition first.',
    advice: 'A derived function may throw, but must not catch.',
  },
  object: {
    code: 94009,
    text: "tsgrad cannot derive {0}: this makes an object of '{1}'.{2} Only records, arrays and Float64Arrays have derivatives; write `{ … }`.",
    advice: 'Objects of classes, maps, sets and dates are refused in a derived function. Use records and arrays.',
  },
  zeroGradient: {
    code: 94010,
    text: "The gradient of {0} by '{1}' is 0: the result {2}. If 0 is meant, write `detach({1})` or let the name begin with '_'; `by` selects the other arguments.",
    advice:
      'This is a warning. The gradient by an argument is 0 everywhere if the result does not depend on the argument, or only through steps such as Math.floor, through comparisons, or through indices, which are all constant between their jumps.',
  },
  notDerived: {
    code: 94011,
    text: 'tsgrad cannot derive {0}: {1} has no derivative here.{2} See "How gradients are compiled" for the forms that have one, or let {0} take NumberWithGrad.',
    advice:
      'tsgrad derives the forms of a closed list and refuses every other form, because a form that is only half understood would give wrong numbers.',
  },
  recursive: {
    code: 94012,
    text: "tsgrad cannot derive {0}: '{1}' calls itself inside another function that calls itself, or through a function that is passed to it.{2} Declare it outside, and pass what it captures as arguments.",
    advice:
      'tsgrad derives a function that calls itself by its name, directly or through others. If it is declared inside another such function, it captures other variables in each call. If it calls itself through an argument, its text has no end.',
  },
  notVisible: {
    code: 94013,
    text: "tsgrad cannot derive {0}: it reads '{1}', but this name has another meaning, or none, where the gradient is taken.{2} Pass it as an argument of a function, or import it there.",
    advice:
      'tsgrad writes the derivative at the call that takes the gradient. So each name that the function reads from outside must have the same meaning there. Only constants that are number literals are copied.',
  },
  tracked: {
    code: 94014,
    text: "tsgrad cannot derive {0}: '{1}' is a tracked number, and the arguments are plain.{2} Let {0} take NumberWithGrad.",
    advice:
      'A function on plain numbers is compiled; a function on tracked numbers is recorded when it runs. A compiled derivative would lose the derivative by a tracked number from outside.',
  },
  noNumbers: {
    code: 94015,
    text: 'tsgrad cannot derive {0}: this parameter is neither a number nor an array or record of numbers.{2} Give it a type such as `number[]`, and pass other values through a closure.',
    advice:
      "The gradient has the shape of the arguments, so each argument must consist of numbers. An object of a class is one if the class has fields only; of one with methods, take the fields: `Pick<Model, 'weights' | 'bias'>`.",
  },
  unfilled: {
    code: 94016,
    text: 'tsgrad cannot derive {0}: an array with holes has no derivative here.{2} Fill the array when you make it: `new Array(n).fill(0)`.',
    advice: 'Array methods skip holes, and reading a hole gives undefined.',
  },
  tooLarge: {
    code: 94017,
    text: 'tsgrad cannot derive {0}: with the functions that it calls it has more than 20,000 operations.{2} Use loops, or let it take NumberWithGrad.',
    advice: 'tsgrad writes the derivative as text, with the body of each called function in place of the call.',
  },
  // 94018 was: not with TypeScript 7
  derivedInScript: {
    code: 94019,
    text: 'The derivative of {0} calls an imported function, but this file is a script. Add `export {}` to make it a module.',
    advice:
      'A file without any import or export is a script, and an inserted import would silently turn it into a module. Add `export {}` to make it one yourself.',
  },
  notKnown: {
    code: 94020,
    text: 'tsgrad cannot derive this argument: it does not know which function it is. Pass a function by its name, or write it here: `{0}`.',
    advice:
      'tsgrad derives a function on plain numbers from its source text, where it is passed to a parameter of the type Differentiable. A parameter that passes its function on must have the type Differentiable itself.',
  },
} as const
