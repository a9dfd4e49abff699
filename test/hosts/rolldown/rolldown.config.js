import { defineConfig } from 'rolldown'
import tsgrad from 'tsgrad/rolldown'

export default defineConfig({
  input: { main: 'src/main.ts', failing: 'src/failing.ts' },
  platform: 'node',
  plugins: [tsgrad()],
  output: { dir: 'out', sourcemap: true },
})
