/**
 * The type of the compiler. It must not know what it is asked.
 */
import type ts from 'typescript'

/** The compiler in use. It is handed in by the host, never imported: a build must see one TypeScript only. */
export type TypeScript = typeof ts
