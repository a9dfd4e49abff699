/**
 * Which changed files look otherwise to the files that import them. It must not know what is verified, nor who asks.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { shapeOf } from './shape.ts'

export interface Shapes {
  /** Those of these files whose shape, as other files see it, has changed from one program to the next. */
  changed(before: ts.Program, next: ts.Program, fileNames: readonly string[]): readonly string[]
  /** Forgets all shapes: files appeared, disappeared or moved. */
  clear(): void
}

export function createShapes(ts: TypeScript): Shapes {
  /** The shapes of the files that changed last. */
  const shapes = new Map<string, string | undefined>()
  return {
    changed(before, next, fileNames) {
      const now = new Map(fileNames.map(name => [name, shapeOf(ts, next, name)]))
      const found = fileNames.filter(name => {
        const was = shapes.has(name) ? shapes.get(name) : shapeOf(ts, before, name)
        return was !== now.get(name)
      })
      // the types that a file infers from these may have changed too
      if (found.length > 0) shapes.clear()
      else for (const [name, shape] of now) shapes.set(name, shape)
      return found
    },
    clear: () => shapes.clear(),
  }
}
