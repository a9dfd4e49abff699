import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], maxWorkers: 2, isolate: false, testTimeout: 60_000, hookTimeout: 120_000 },
})
