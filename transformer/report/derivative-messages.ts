/** The messages about functions on plain numbers without a derivative, 94xxx. It must not know how a fault is found. */

export const derivativeMessages = {
  unknownBody: {
    code: 94001,
    text: "tsgrad cannot derive {0}: it does not know the body of '{1}'.{2} Write the function in the project, or let {0} take NumberWithGrad.",
    advice:
      'A function on plain numbers is derived by its text, and so is each function that it calls. The text of a function from a library, of a method, or of a parameter is not known. On tracked numbers, `(x: NumberWithGrad) => …`, any function that takes them can be called.',
  },
  writesInput: {
    code: 94002,
    text: "tsgrad cannot derive {0}: this writes into '{1}'.{2} The gradient is taken at the values that were given, and two arguments may be one array. Write into a copy: `{1}.slice()`, for rows `{1}.map(row => row.slice())`.",
    advice:
      'A derived function may not write into its arguments, nor into arrays from outside of it, under any name: through a variable that may hold one, through a row of one, or in a function that it calls. Copy the array first.',
  },
  unknownMethod: {
    code: 94003,
    text: "tsgrad cannot derive {0}: the method '{1}' of arrays has no derivative here.{2} Write a loop, or copy with `slice`.",
    advice:
      'Methods of arrays are derived as the loops that they are. Refused are those that make texts, such as `join`, and `subarray`, whose array shares the memory of another one.',
  },
  sortsTexts: {
    code: 94021,
    text: 'tsgrad cannot derive {0}: without a comparator, `sort` compares texts.{2} Give one: `sort((a, b) => a - b)`.',
    advice:
      'JavaScript sorts 10 before 9 unless it is told how to compare. A comparator of a derived function is one expression of its two arguments, since JavaScript calls it as often as it likes.',
  },
  becomesText: {
    code: 94004,
    text: 'tsgrad cannot derive {0}: this is a text, and no derivative passes through texts.{2} Compute with numbers only.',
    advice: 'A text in a derived function is refused, except in the message of an error that it throws.',
  },
  rounds: {
    code: 94005,
    text: "tsgrad cannot derive {0}: '{1}' rounds a number that depends on the arguments.{2} Use a Float64Array, or Math.round where the derivative 0 is meant.",
    advice:
      'Bitwise operators, integer arrays and a Float32Array round what they take. The derivative of that is 0 or does not exist, and mostly not what is meant.',
  },
  functionAsValue: {
    code: 94006,
    text: 'tsgrad cannot derive {0}: a function is kept as a value here, so it is not known which body runs.{2} Call it by its name, or pass it to a function directly.',
    advice:
      'A derived function may call functions by their names and pass them as arguments. One that is stored in an array, a record or a variable that changes, or returned, is refused.',
  },
  outerAssigned: {
    code: 94007,
    text: "tsgrad cannot derive {0}: it assigns '{1}', which is declared outside of it.{2} Return the value instead.",
    advice: 'A derivative runs the function in its own way, so a variable outside of it may not be assigned by it.',
  },
  tried: {
    code: 94008,
    text: 'tsgrad cannot derive {0}: `try` has no derivative, since what was done before an exception cannot be taken back.{2} Test the condition before.',
    advice: 'A derived function may throw, but it may not catch.',
  },
  object: {
    code: 94009,
    text: "tsgrad cannot derive {0}: this makes an object of '{1}'.{2} Only records, arrays and Float64Arrays have derivatives; write `{ … }`.",
    advice: 'Objects of classes, maps, sets and dates are refused in a derived function. Use records and arrays.',
  },
  notDerived: {
    code: 94011,
    text: 'tsgrad cannot derive {0}: {1} has no derivative here.{2} See "How gradients are compiled" for what has one, or let {0} take NumberWithGrad.',
    advice:
      'What a derived function may hold is a closed list; everything else is refused, since a form that is only half understood gives wrong numbers.',
  },
  recursive: {
    code: 94012,
    text: "tsgrad cannot derive {0}: '{1}' calls itself, inside of another function that does or through a function that it was given.{2} Declare it outside, and pass what it captures.",
    advice:
      'A function that calls itself by its name is derived, alone or together with others. One that is declared inside of such a function has other variables in each call, and one that comes to call itself through an argument has no end where it is written.',
  },
  notVisible: {
    code: 94013,
    text: "tsgrad cannot derive {0}: it reads '{1}', which this name does not mean where the gradient is taken.{2} Pass it as an argument of a function, or import it there.",
    advice:
      'The derivative is written at the call that takes the gradient, so everything that the function reads from outside must be visible there, under its name. Constants that are number literals are copied.',
  },
  tracked: {
    code: 94014,
    text: "tsgrad cannot derive {0}: '{1}' is a tracked number, and the arguments are plain.{2} Let {0} take NumberWithGrad.",
    advice:
      'A function on plain numbers is compiled, one on tracked numbers is recorded when it runs. The derivative by a tracked number from outside would be lost in a compiled one.',
  },
  noNumbers: {
    code: 94015,
    text: 'tsgrad cannot derive {0}: this parameter is no number, and no array or record of numbers.{2} Give it a type such as `number[]`, and pass other values through a closure.',
    advice: 'The gradient has the shape of the arguments, so each argument must consist of numbers.',
  },
  unfilled: {
    code: 94016,
    text: 'tsgrad cannot derive {0}: an array with holes has no derivative here.{2} Fill it at once: `new Array(n).fill(0)`.',
    advice: 'Methods of arrays leave holes out, and a hole reads as undefined.',
  },
  tooLarge: {
    code: 94017,
    text: 'tsgrad cannot derive {0}: with the functions that it calls it has more than 20,000 operations.{2} Use loops, or let it take NumberWithGrad.',
    advice: 'The derivative is written as text, with each called function in its place.',
  },
  noNativeDerivative: {
    code: 94018,
    text: 'tsgrad does not derive functions on plain numbers with TypeScript 7 yet. Compile with TypeScript 5.9 or 6, or let {0} take NumberWithGrad.',
    advice:
      'A derivative is made of the types of every expression in a function. TypeScript 7 answers such questions over a channel between two processes, which tsgrad does not use for this yet.',
  },
  derivedInScript: {
    code: 94019,
    text: 'The derivative of {0} calls an imported function, but this file is a script. Add `export {}` to make it a module.',
    advice:
      'A file without any import or export is a script, and an inserted import would silently turn it into a module. Add `export {}` to make it one yourself.',
  },
  notKnown: {
    code: 94020,
    text: 'tsgrad cannot derive this argument: it does not know which function it is. Pass a function by its name, or write it here.',
    advice:
      'A function on plain numbers is derived where it meets a parameter of the type Differentiable, by its text. A parameter that is to be passed on must have the type Differentiable itself.',
  },
} as const
