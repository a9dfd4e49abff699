/**
 * The oldest releases of the tools that each optional part of tsgrad works with, by its entry or command. It must not hold anything else.
 * Generated from the tables of hosts by scripts/generate.mjs.
 */
export const oldestReleases = {
  adopt: { 'ts-morph': '27.0.0' },
  transformer: { 'ts-patch': '3.3.0' },
  vite: { vite: '5.0.0' },
  rollup: { rollup: '3.0.0' },
  rolldown: { rolldown: '1.0.0' },
  esbuild: { esbuild: '0.21.0' },
  webpack: { webpack: '5.76.0' },
  rspack: { '@rspack/core': '1.0.0' },
  farm: { '@farmfe/core': '1.7.0' },
  eslint: { eslint: '9.0.0', 'typescript-eslint': '8.58.0' },
} as const
