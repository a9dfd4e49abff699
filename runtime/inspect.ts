/**
 * The entry `tsgrad/inspect`: looking at computations and checking derivatives, for when something is to be understood or tested.
 * Names only; it must not hold anything of its own.
 */
export { type Anomaly, type CreationStacks, findAnomaly, recordStacks } from './anomaly.ts'
export { type CheckOptions, checkGrad } from './check-grad.ts'
export { type GraphSummary, type NodeNames, summary } from './graph.ts'
export { toDot } from './graph-dot.ts'
export { toSvg } from './graph-svg.ts'
export { explainZeroGradients } from './zero-gradients.ts'
