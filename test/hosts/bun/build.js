import tsgrad from 'tsgrad/bun'

await Bun.build({
  entrypoints: ['src/main.ts', 'src/failing.ts'],
  outdir: 'out',
  target: 'node',
  splitting: true,
  sourcemap: 'linked',
  plugins: [tsgrad()],
})
