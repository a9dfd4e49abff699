import { resolve } from 'node:path'
import tsgrad from 'tsgrad/webpack'

export default {
  mode: 'development',
  target: 'node',
  devtool: 'source-map',
  entry: { main: './src/main.ts', failing: './src/failing.ts' },
  output: { path: resolve('out'), filename: '[name].js', module: true, chunkFormat: 'module' },
  experiments: { outputModule: true },
  plugins: [tsgrad()],
  // ts-loader writes `./model.ts` as `./model.js` where tsconfig.json has `rewriteRelativeImportExtensions`
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  module: {
    rules: [
      {
        test: /\.ts$/,
        exclude: /node_modules/,
        // tsgrad runs before it, and gives it TypeScript without natural math
        loader: 'ts-loader',
        options: { transpileOnly: true, compilerOptions: { module: 'esnext' } },
      },
    ],
  },
}
