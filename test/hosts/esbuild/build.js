import { build } from 'esbuild'
import tsgrad from 'tsgrad/esbuild'

await build({
  entryPoints: ['src/main.ts', 'src/failing.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outdir: 'out',
  sourcemap: true,
  plugins: [tsgrad()],
})
