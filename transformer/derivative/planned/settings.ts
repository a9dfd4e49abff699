/** Which analyses a text is written with; tests leave some out. It must not know what they find. */

/** Each analysis may be left out: what it gives is speed, and never another number. */
export interface DerivativeSettings {
  /** PrimalValues are computed again where that is cheaper than keeping them. */
  readonly again: boolean
  /** Loads are repeated where nothing writes what they read. */
  readonly memory: boolean
  /** Loops that count run backwards by their counter. */
  readonly counted: boolean
  /** Adjoints that surely arrive are not tested. */
  readonly reached: boolean
  /** Results stand in the only place that reads them. */
  readonly inlined: boolean
  /** What a loop adds to one place of a gradient is added up in a variable. */
  readonly gathered: boolean
  /** Copies stand for what they copy. */
  readonly simplified: boolean
  /** Small records that nothing needs as a whole are variables, one for each part. */
  readonly parted: boolean
  /** Loops that hand on nothing but sums run backwards in the same turns. */
  readonly fused: boolean
}
export const allSettings: DerivativeSettings = {
  again: true,
  memory: true,
  counted: true,
  reached: true,
  inlined: true,
  gathered: true,
  simplified: true,
  parted: true,
  fused: true,
}
