/** What stands for test/compile.ts on a page, where there is no compiler. */

export class NeedsCompiler extends Error {}

function absent(): never {
  throw new NeedsCompiler('this test needs the compiler')
}

export const compile = absent
export const run = absent
export const shown = absent
