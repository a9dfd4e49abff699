import { resolve } from 'node:path'
import { build } from '@farmfe/core'

// what `farm build` does
await build({ configPath: resolve('farm.config.js') })
