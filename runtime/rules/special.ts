/**
 * Special functions of plain numbers, which rows of special-rules.ts name: values only.
 * It must not hold anything of its own.
 */
export * from './special/bessel.ts'
export * from './special/beta.ts'
export * from './special/error-function.ts'
export * from './special/gamma.ts'
export * from './special/logarithms.ts'
export * from './special/normal.ts'
