// Builds the page to playground/dist: files that any folder of any server can hold.

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { playground } from './build/plugin.mjs'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [playground()],
  worker: { format: 'es', plugins: () => [playground()] },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // the compiler has 4 MB, whatever is done
    chunkSizeWarningLimit: 6000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
