import { resolve } from 'node:path'
import tsgrad from 'tsgrad/rspack'

export default {
  mode: 'development',
  target: 'node',
  devtool: 'source-map',
  entry: { main: './src/main.ts', failing: './src/failing.ts' },
  output: { path: resolve('out'), filename: '[name].js', module: true, chunkFormat: 'module' },
  plugins: [tsgrad()],
  module: {
    rules: [
      {
        test: /\.ts$/,
        exclude: /node_modules/,
        // tsgrad runs before it, and gives it TypeScript without natural math
        loader: 'builtin:swc-loader',
        options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
      },
    ],
  },
}
