import tsgrad from 'tsgrad/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [tsgrad()],
  build: {
    target: 'es2022',
    outDir: 'out',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { main: 'src/main.ts', failing: 'src/failing.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
})
