/**
 * The entry `tsgrad/inspect`: looking at computations and checking derivatives, for when something is to be understood or tested.
 * Names only; it must not hold anything of its own.
 */
export { type Anomaly, type CreationStacks, findAnomaly, recordStacks } from './inspect/anomaly.ts'
export { type CheckInputs, type CheckOptions, type CheckResult, checkGrad } from './inspect/check-grad.ts'
export { debug } from './inspect/debug.ts'
export { type GraphSummary, type NodeNames, summary } from './inspect/graph.ts'
export { toDot } from './inspect/graph-dot.ts'
export { toSvg } from './inspect/graph-svg.ts'
export { explainZeroGradients } from './inspect/zero-gradients.ts'
