/**
 * A program of TypeScript 7 with the compiler's namespace that goes with it, as the phases take both.
 * It must not know what is asked of it.
 */
import { readFileSync } from 'node:fs'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { connect } from './connection.ts'
import type { NativePackage } from './package.ts'
import { programOver } from './program.ts'
import { syntaxOf } from './syntax.ts'
import { configOfFiles } from './tsconfig.ts'

export interface LoadedProgram {
  readonly ts: TypeScript
  readonly program: ts.Program
  close(): void
}

/** @param files the files that it starts from; those of the tsconfig.json if none are given. */
export function loadedProgram(native: NativePackage, tsconfig: string, files?: readonly string[]): LoadedProgram {
  const connection = connect(native, tsconfig, () => files && configOfFiles(readFileSync(tsconfig, 'utf8'), files))
  try {
    return { ts: syntaxOf(native), program: programOver(native, connection), close: connection.close }
  } catch (error) {
    connection.close()
    throw error
  }
}
