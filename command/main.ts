#!/usr/bin/env node
/** The command `tsgrad`. It must hold no logic of its own. */
import * as nodeModule from 'node:module'

// Node 22.1: the compiled code of the command and of TypeScript is kept for the next run, as tsc keeps its own
const { enableCompileCache } = nodeModule as { enableCompileCache?(): unknown }
enableCompileCache?.()
const { run } = await import('./run.ts')

process.exitCode = await run(process.argv.slice(2))
