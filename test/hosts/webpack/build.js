import webpack from 'webpack'
import config from './webpack.config.js'

// what `webpack` from webpack-cli does, and `webpack --watch`
const compiler = webpack(config)
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
