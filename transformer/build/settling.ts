/**
 * The steps that settle one file: guess its operators, verify them, probe where a guess is wrong, correct where a probe is wrong.
 * It must not know programs, compilers, texts or other files.
 */

/** A resolution; `site` identifies its operator. */
export interface AtSite {
  readonly site: object
}

/** A guess is refuted by less evidence than a probe. */
export type FoundBy = 'guess' | 'probe'

export interface ToGuess {
  readonly due: 'guess'
}
export interface ToProbe {
  readonly due: 'probe'
  readonly rounds: number
}
export interface ToVerify<F extends AtSite> {
  readonly due: 'verify'
  readonly source: FoundBy
  readonly operators: readonly F[]
  readonly rounds: number
}
export interface Done<F extends AtSite> {
  readonly due: 'nothing'
  readonly source: FoundBy
  readonly operators: readonly F[]
  /** Operators that still differed at the last verification: errors. */
  readonly wrong: readonly F[]
  readonly rounds: number
}
/** What is due for a file; `rounds` counts its verifications so far that found a difference. */
export type FileState<F extends AtSite> = ToGuess | ToProbe | ToVerify<F> | Done<F>

/**
 * Verifications of a file that may find a difference. With a wrong guess: of the guess, of the probe and of two corrections. A correction
 * can change the operand types of other operators, so it is verified too; the limit stops corrections that undo each other.
 */
export const ROUNDS = 4
/**
 * Verifications of all files. Where an error leaves a file without a type, those above it may be corrected one after another: four turns
 * left the fifth of them as it was. Each turn is a whole type check.
 */
export const TURNS = 16

export const toGuess: ToGuess = { due: 'guess' }

/** Operators that were settled before are verified like a guess, since the types that they depend on may have changed. */
export function settledBefore<F extends AtSite>(operators: readonly F[]): ToVerify<F> {
  return { due: 'verify', source: 'guess', operators, rounds: 0 }
}

/** `operators` is undefined where the guess is not sure. */
export function afterGuess<F extends AtSite>(operators: readonly F[] | undefined): ToVerify<F> | ToProbe {
  return operators ? { due: 'verify', source: 'guess', operators, rounds: 0 } : { due: 'probe', rounds: 0 }
}

export function afterProbe<F extends AtSite>({ rounds }: ToProbe, operators: readonly F[]): ToVerify<F> {
  return { due: 'verify', source: 'probe', operators, rounds }
}

/**
 * `differing` holds the operators that mean something else in the lowered program, with their meaning there; they are wrong where no
 * verification follows.
 */
export function afterVerification<F extends AtSite>(
  state: ToVerify<F>,
  differing: readonly F[],
  isLast = false,
): FileState<F> {
  const { source, operators } = state
  // a file that is right is verified again after each new text of another one, which is no fault of its own
  if (differing.length === 0) return { due: 'nothing', source, operators, wrong: [], rounds: state.rounds }
  const rounds = state.rounds + 1
  if (isLast || rounds >= ROUNDS) return { due: 'nothing', source, operators, wrong: differing, rounds }
  if (source === 'guess') return { due: 'probe', rounds }
  return { due: 'verify', source, operators: corrected(operators, differing), rounds }
}

/** For a file that is done when another one gets a new text: its operand types may depend on that text. */
export function reopened<F extends AtSite>(state: FileState<F>): FileState<F> {
  if (state.due !== 'nothing') return state
  const { source, operators, rounds } = state
  return { due: 'verify', source, operators, rounds }
}

/** All operators, with the new meaning where they differ. */
function corrected<F extends AtSite>(operators: readonly F[], differing: readonly F[]): readonly F[] {
  const bySite = new Map(differing.map(each => [each.site, each]))
  return operators.map(each => bySite.get(each.site) ?? each)
}

export interface Answers<F extends AtSite> {
  guess(): readonly F[] | undefined
  probe(): readonly F[]
  verify(state: ToVerify<F>): readonly F[]
}

/** Settles a file on its own. */
export function settleFile<F extends AtSite>({ guess, probe, verify }: Answers<F>): Done<F> {
  let state: FileState<F> = toGuess
  for (;;) {
    switch (state.due) {
      case 'guess':
        state = afterGuess(guess())
        break
      case 'probe':
        state = afterProbe(state, probe())
        break
      case 'verify':
        state = afterVerification(state, verify(state))
        break
      case 'nothing':
        return state
    }
  }
}
