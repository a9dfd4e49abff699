import tsgrad from 'tsgrad/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [tsgrad()],
  test: { include: ['*.spec.ts'], testTimeout: 60_000 },
})
