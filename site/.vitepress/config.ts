/** The site: docs/ as pages, in the default theme. It holds no text of its own beside names and addresses. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { accessible } from './accessible.ts'
import { relinked } from './links.ts'
import { literal } from './literal.ts'
import { sidebar } from './navigation.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const playground = existsSync(`${repository}playground/index.html`)
  ? [{ text: 'Playground', link: '/playground/', target: '_self' }]
  : []

export default defineConfig({
  title: 'tsgrad',
  description: 'Natural math for TypeScript, with gradients',
  lang: 'en',
  base: process.env.SITE_BASE ?? '/',
  srcDir: '../docs',
  outDir: './dist',
  cacheDir: '../node_modules/.cache/vitepress',
  rewrites: { 'hosts/README.md': 'hosts/index.md', 'api/README.md': 'api/index.md' },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${process.env.SITE_BASE ?? '/'}logo.svg` }],
    ['meta', { name: 'theme-color', content: '#0f766e' }],
  ],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(md) {
      md.use(relinked)
      md.use(accessible)
      md.use(literal)
    },
  },
  // its formulas need the room that other pages leave for an outline
  transformPageData: ({ relativePath }) =>
    relativePath === 'rules.md' ? { frontmatter: { aside: false, pageClass: 'formulas' } } : undefined,
  vite: { publicDir: fileURLToPath(new URL('../public', import.meta.url)) },
  themeConfig: {
    logo: { src: '/logo.svg', width: 24, height: 24, alt: '' },
    nav: [
      { text: 'Guide', link: '/start', activeMatch: '^/(start|guide|operators|gradients|interop)' },
      { text: 'Hosts', link: '/hosts/', activeMatch: '^/hosts/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      {
        text: 'How it works',
        link: '/how-it-works',
        activeMatch: '^/(how-it-works|comparison|architecture|edges|words|decisions)',
      },
      ...playground,
    ],
    sidebar: sidebar(),
    outline: { level: [2, 3], label: 'On this page' },
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
    footer: { message: 'MIT License. This site loads nothing from anywhere else.' },
  },
})
