import { defineConfig } from 'tsdown'
import tsgrad from 'tsgrad/rolldown'

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  sourcemap: true,
  dts: false,
  plugins: [tsgrad({ declarations: 'types' })],
})
