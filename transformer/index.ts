/** The entry `tsgrad/transformer`: the ts-patch program transformer, and the phases for tools of one's own. */
export { catalogue } from './diagnostics.ts'
export { default } from './hosts/tsc.ts'
export { type Explained, explain, transform, VERSION } from './transform.ts'
