#!/usr/bin/env node
/** The command `tsgrad`. It must hold no logic of its own. */
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2))
