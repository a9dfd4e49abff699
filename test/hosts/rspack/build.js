import { rspack } from '@rspack/core'
import config from './rspack.config.js'

// what `rspack build` of @rspack/cli does, and `rspack build --watch`
const compiler = rspack(config)
const report = (error, stats) => {
  if (error) throw error
  if (stats.hasErrors()) {
    console.error(stats.toString({ preset: 'errors-only' }))
    process.exitCode = 1
  }
}
if (process.argv.includes('--watch')) compiler.watch({}, report)
else
  compiler.run((error, stats) => {
    report(error, stats)
    compiler.close(() => {})
  })
