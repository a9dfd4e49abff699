import { rspack } from '@rspack/core'
import config from './rspack.config.js'

// what `rspack build` of @rspack/cli does
const compiler = rspack(config)
compiler.run((error, stats) => {
  if (error) throw error
  if (stats.hasErrors()) {
    console.error(stats.toString({ preset: 'errors-only' }))
    process.exitCode = 1
  }
  compiler.close(() => {})
})
