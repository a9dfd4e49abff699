/**
 * The version of the package, for all that must not outlive it. It must not hold anything else.
 * Generated from package.json by scripts/generate.mjs.
 */
/** Part of the version of each lowered text: incremental builds and caches start anew with each release. */
export const VERSION = '0.1.0'
