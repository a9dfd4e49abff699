import tsgrad from 'tsgrad/esbuild'
import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  sourcemap: true,
  dts: false,
  esbuildPlugins: [tsgrad({ declarations: 'types' })],
})
