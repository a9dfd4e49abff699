/**
 * The tools that tsgrad takes part in, by the package that a project has, each with its page. It must not hold anything else.
 * Generated from the tables of hosts by scripts/generate.mjs.
 */
export const tools = [
  { package: 'vite', title: 'Vite', page: 'vite' },
  { package: 'rollup', title: 'Rollup', page: 'rollup' },
  { package: 'rolldown', title: 'Rolldown', page: 'rolldown' },
  { package: 'esbuild', title: 'esbuild', page: 'esbuild' },
  { package: 'webpack', title: 'webpack', page: 'webpack' },
  { package: '@rspack/core', title: 'Rspack', page: 'rspack' },
  { package: '@farmfe/core', title: 'Farm', page: 'farm' },
  { package: 'tsup', title: 'tsup', page: 'tsup' },
  { package: 'tsdown', title: 'tsdown', page: 'tsdown' },
  { package: 'next', title: 'Next.js', page: 'next' },
  { package: 'vitest', title: 'Vitest', page: 'vitest' },
  { package: 'jest', title: 'Jest', page: 'jest' },
  { package: 'eslint', title: 'ESLint', page: 'eslint' },
] as const
