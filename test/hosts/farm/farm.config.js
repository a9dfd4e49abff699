import { defineConfig } from '@farmfe/core'
import tsgrad from 'tsgrad/farm'

export default defineConfig({
  plugins: [tsgrad()],
  compilation: {
    input: { main: './src/main.ts', failing: './src/failing.ts' },
    output: { path: 'out', targetEnv: 'node', format: 'esm', entryFilename: '[entryName].js' },
    sourcemap: true,
    minify: false,
    persistentCache: false,
    presetEnv: false,
  },
})
