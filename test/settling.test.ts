/** How one file is settled: what is due after each answer, and whole runs. No compiler takes part. */
import { describe, expect, test } from 'vitest'
import {
  afterGuess,
  afterProbe,
  afterVerification,
  type FileState,
  ROUNDS,
  reopened,
  settledBefore,
  settleFile,
  type ToProbe,
  type ToVerify,
  toGuess,
} from '../transformer/build/settling.ts'

interface Operator {
  readonly site: object
  readonly means: string
}
const [plus, times] = [{}, {}]
const operators = (...means: readonly string[]): readonly Operator[] =>
  means.map((each, i) => ({ site: [plus, times][i]!, means: each }))
/** `times` alone, with another meaning. */
const differing = (means: string): readonly Operator[] => [{ site: times, means }]

const ab = operators('a', 'b')
const toVerify = (source: 'guess' | 'probe', rounds: number, found = ab): ToVerify<Operator> => ({
  due: 'verify',
  source,
  operators: found,
  rounds,
})
const toProbe = (rounds: number): ToProbe => ({ due: 'probe', rounds })
const done = (source: 'guess' | 'probe', rounds: number, found = ab, wrong: readonly Operator[] = []) =>
  ({ due: 'nothing', source, operators: found, wrong, rounds }) as const

const rows: readonly [event: string, next: FileState<Operator>, expected: FileState<Operator>][] = [
  ['a sure guess is verified', afterGuess(ab), toVerify('guess', 0)],
  ['an unsure guess is not used: the file is probed', afterGuess<Operator>(undefined), toProbe(0)],
  ['a guess about no operators is sure', afterGuess<Operator>([]), toVerify('guess', 0, [])],
  ['what was settled before is verified like a guess', settledBefore(ab), toVerify('guess', 0)],
  ['a probe is verified', afterProbe(toProbe(0), ab), toVerify('probe', 0)],
  ['a probe after a wrong guess has one round less', afterProbe(toProbe(1), ab), toVerify('probe', 1)],
  ['a confirmed guess is final', afterVerification(toVerify('guess', 0), []), done('guess', 0)],
  ['a confirmed probe is final', afterVerification(toVerify('probe', 1), []), done('probe', 1)],
  ['a wrong guess is not corrected but probed', afterVerification(toVerify('guess', 0), differing('c')), toProbe(1)],
  [
    'a wrong probe is corrected where it differs, and nowhere else',
    afterVerification(toVerify('probe', 1), differing('c')),
    toVerify('probe', 2, operators('a', 'c')),
  ],
  [
    'at the limit what differs is wrong, and the operators stay as they were lowered',
    afterVerification(toVerify('probe', ROUNDS - 1), differing('c')),
    done('probe', ROUNDS, ab, differing('c')),
  ],
  [
    'at the limit a wrong guess is wrong too',
    afterVerification(toVerify('guess', ROUNDS - 1), differing('c')),
    done('guess', ROUNDS, ab, differing('c')),
  ],
  [
    'where no verification follows, what differs is wrong',
    afterVerification(toVerify('guess', 0), differing('c'), true),
    done('guess', 1, ab, differing('c')),
  ],
  [
    'at the limit what is confirmed is final',
    afterVerification(toVerify('probe', ROUNDS - 1), []),
    done('probe', ROUNDS - 1),
  ],
  ['a file that was done is verified again, as what it was', reopened(done('guess', 1)), toVerify('guess', 1)],
  ['a file that was probed is not guessed again', reopened(done('probe', 2)), toVerify('probe', 2)],
  ['a file to verify stays so', reopened(toVerify('probe', 2)), toVerify('probe', 2)],
  ['a file to probe stays so', reopened(toProbe(1)), toProbe(1)],
  ['a file to guess stays so', reopened(toGuess), toGuess],
]

describe('what is due next', () => {
  test.each(rows)('%s', (_, next, expected) => expect(next).toEqual(expected))
})

/** What a file was asked, in order, when it is guessed, probed and verified with these answers. */
function run(guessed: string | undefined, probed: string, compiled: readonly string[]) {
  const asked: string[] = []
  let verified = 0
  const {
    operators: found,
    wrong,
    source,
  } = settleFile<Operator>({
    guess() {
      asked.push('guess')
      return guessed === undefined ? undefined : operators('a', guessed)
    },
    probe() {
      asked.push('probe')
      return operators('a', probed)
    },
    verify(state) {
      const taken = state.operators[1]!.means
      asked.push(`verify ${state.source} ${taken}`)
      const means = compiled[verified++] ?? 'not asked'
      return means === taken ? [] : differing(means)
    },
  })
  return [...asked, `${source} ${found[1]!.means}${wrong.map(each => `, wrong: ${each.means}`).join('')}`]
}

test.each([
  ['guess confirmed', run('b', 'b', ['b']), ['guess', 'verify guess b', 'guess b']],
  ['guess unsure', run(undefined, 'b', ['b']), ['guess', 'probe', 'verify probe b', 'probe b']],
  [
    'guess wrong, then probe right',
    run('x', 'b', ['b', 'b']),
    ['guess', 'verify guess x', 'probe', 'verify probe b', 'probe b'],
  ],
  [
    'guess unsure, probe wrong, then corrected',
    run(undefined, 'x', ['b', 'b']),
    ['guess', 'probe', 'verify probe x', 'verify probe b', 'probe b'],
  ],
  [
    'guess and probe wrong, then corrected',
    run('x', 'y', ['b', 'b', 'b']),
    ['guess', 'verify guess x', 'probe', 'verify probe y', 'verify probe b', 'probe b'],
  ],
  [
    'a guess is right after all, which the probe does not know',
    run('b', 'x', ['c', 'b', 'b']),
    ['guess', 'verify guess b', 'probe', 'verify probe x', 'verify probe b', 'probe b'],
  ],
  [
    'corrected wrong until the limit: two corrections after a guess',
    run('b', 'b', ['c', 'c', 'b', 'c']),
    [
      ...['guess', 'verify guess b', 'probe', 'verify probe b', 'verify probe c', 'verify probe b'],
      'probe b, wrong: c',
    ],
  ],
  [
    'corrected wrong until the limit: three corrections without one',
    run(undefined, 'b', ['c', 'b', 'c', 'b']),
    [
      ...['guess', 'probe', 'verify probe b', 'verify probe c', 'verify probe b', 'verify probe c'],
      'probe c, wrong: b',
    ],
  ],
])('%s', (_, found, expected) => expect(found).toEqual(expected))

test('whatever the answers are, no file is verified more often than the limit says, and the last verification decides', () => {
  const answers = ['a', 'b', 'c']
  const sequences = answers.flatMap(a => answers.flatMap(b => answers.flatMap(c => answers.map(d => [a, b, c, d]))))
  let seen = 0
  for (const guessed of [undefined, ...answers])
    for (const probed of answers)
      for (const compiled of sequences) {
        const trace = run(guessed, probed, compiled)
        const verified = trace.filter(each => each.startsWith('verify'))
        const last = verified.at(-1)!.split(' ').at(-1)!
        expect(verified.length).toBeLessThanOrEqual(ROUNDS)
        expect(trace.filter(each => each === 'probe').length).toBeLessThanOrEqual(1)
        const means = compiled[verified.length - 1]!
        expect(trace.at(-1)).toMatch(
          means === last ? new RegExp(` ${last}$`) : new RegExp(` ${last}, wrong: ${means}$`),
        )
        seen++
      }
  expect(seen).toBe(4 * 3 * 81)
})
