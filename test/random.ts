/** How many programs a random test tries, and of which seed: `npm run full` sets both, see scripts/full.mjs. It must not know the tests. */

/** A browser, which runs some of these tests too, has no process. */
const { env } = (globalThis as { process?: { env: Readonly<Record<string, string | undefined>> } }).process ?? {
  env: {},
}

/** Seeds the random programs of a test, which names it where it fails. */
export const seed = Number(env.SEED ?? Date.now() % 1_000_000)

/** The count of a full run, or the sample that `npm test` takes, which costs a few seconds at most. */
export function countOr(sample: number): number {
  return Number(env.PROGRAMS ?? sample)
}
