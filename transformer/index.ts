/** The entry `tsgrad/transformer`: the ts-patch program transformer, and the phases for tools of one's own. */

export type { LoweredFile } from './build/lowered-file.ts'
export { VERSION } from './build/version.ts'
export { default } from './hosts/tsc.ts'
export { catalogue } from './report/diagnostics.ts'
export { explain, transform } from './transform.ts'
