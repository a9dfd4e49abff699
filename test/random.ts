/** How many programs a random test tries, of which seed, and the numbers of a seed: `npm run full` sets the first two, see scripts/full.mjs. It must not know the tests. */

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

/** Numbers from 0 to 1, the same ones for a seed. Source: Mulberry32, by Tommy Ettinger. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
