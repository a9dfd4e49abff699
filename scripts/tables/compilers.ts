/**
 * The versions of TypeScript that tsgrad is tried with. package.json says which release each of their packages is.
 * It must not know what is tried.
 */
export const compilers = [
  { version: '5.9', folder: 'typescript-5', isNative: false },
  { version: '6.0', folder: 'typescript', isNative: false },
  { version: '7.0', folder: 'typescript-7', isNative: true },
  { version: '7.1 beta', folder: 'typescript-71', isNative: true },
] as const

export type Version = (typeof compilers)[number]['version']
