import { context } from 'esbuild'
import tsgrad from 'tsgrad/esbuild'

const builds = await context({
  entryPoints: ['src/main.ts', 'src/failing.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outdir: 'out',
  sourcemap: true,
  plugins: [tsgrad()],
})
if (process.argv.includes('--watch')) await builds.watch()
else await builds.rebuild().finally(() => builds.dispose())
