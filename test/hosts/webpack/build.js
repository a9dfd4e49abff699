import webpack from 'webpack'
import config from './webpack.config.js'

// what `webpack` from webpack-cli does
const compiler = webpack(config)
compiler.run((error, stats) => {
  if (error) throw error
  if (stats.hasErrors()) {
    console.error(stats.toString({ preset: 'errors-only' }))
    process.exitCode = 1
  }
  compiler.close(() => {})
})
