import esbuild from 'rollup-plugin-esbuild'
import tsgrad from 'tsgrad/rollup'

export default {
  input: { main: 'src/main.ts', failing: 'src/failing.ts' },
  external: [/^tsgrad/, 'decimal.js'],
  // tsgrad comes first: Rollup's plugins run in this order
  plugins: [tsgrad(), esbuild({ target: 'es2022' })],
  output: { dir: 'out', sourcemap: true },
}
