/** Natural math in components of Vue, Svelte and Astro, in scripts and in templates: lowered at its place, or an error there; built by the real tools. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { lowerComponent } from '../../transformer/hosts/components/components.ts'
import { createModuleLowerer } from '../../transformer/hosts/modules/module-lowering.ts'
import { createOnDemand } from '../../transformer/hosts/on-demand.ts'
import { fileNameOf } from '../../transformer/program/file-names.ts'
import { installedPackages, nodeOf, releasesOf } from './installed.ts'
import { command, installed, Project, repository } from './project.ts'

const money = `import type { operators } from 'tsgrad'
export class Money {
  declare readonly [operators]: { '+': 'add'; '-': 'sub'; '*': 'times'; '<': 'lt'; 'unary -': 'neg'; reflected: { '*': 'times' } }
  constructor(readonly cents: number) {}
  add(other: Money): Money { return new Money(this.cents + other.cents) }
  sub(other: Money): Money { return new Money(this.cents - other.cents) }
  times(by: number): Money { return new Money(this.cents * by) }
  lt(other: Money): boolean { return this.cents < other.cents }
  neg(): Money { return new Money(-this.cents) }
  toString(): string { return \`\${this.cents}ct\` }
}
export const price = new Money(10)
export const some = (): number | Money => price
`

const packages = {
  vue: ['vue', 'vue-tsc', '@vitejs/plugin-vue'],
  svelte: ['svelte', 'svelte2tsx', '@sveltejs/vite-plugin-svelte'],
  astro: ['astro', '@astrojs/compiler'],
}
type Kind = keyof typeof packages

const releases = releasesOf('vite')
const vite = `vite@${JSON.parse(readFileSync(join(repository, 'node_modules/vite/package.json'), 'utf8')).version}`
const toolsOf = async (kind: Kind) =>
  [
    kind,
    await installedPackages(
      ...packages[kind].map(name => `${name}@${releases[name]![0]}`),
      ...(kind === 'astro' ? [] : [vite]),
    ),
  ] as const
const tools = Object.fromEntries(await Promise.all((Object.keys(packages) as Kind[]).map(toolsOf)))

const options = {
  target: 'es2023',
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  noEmit: true,
  jsx: 'preserve',
}

function projectOf(kind: Kind, files: Readonly<Record<string, string>> = {}): Project {
  const tsconfig = JSON.stringify({
    compilerOptions: { ...options, lib: ['es2023', 'dom'], types: [] },
    include: ['src'],
  })
  const project = new Project({ 'tsconfig.json': tsconfig, 'src/money.ts': money, ...files }, {})
  const modules = tools[kind]
  if (!modules) throw new Error(`npm does not install the tools of ${kind}`)
  // links of links, so that each package sees its own dependencies
  for (const [name, target] of Object.entries({ ...installed, 'ts-patch': undefined }))
    if (target) link(join(project.root, 'node_modules', name), target)
  const shared = kind === 'astro' ? [] : ['vite']
  for (const name of new Set([...packages[kind], ...shared].map(name => name.split('/')[0]!)))
    link(join(project.root, 'node_modules', name), join(modules, name))
  return project
}

function link(name: string, target: string): void {
  mkdirSync(dirname(name), { recursive: true })
  symlinkSync(target, name)
}

/** A component around a piece of script and a piece of template. */
const around: Readonly<Record<Kind, (script: string, template: string) => string>> = {
  vue: (script, template) =>
    `<script setup lang="ts">\nimport { Money, price, some } from './money'\n${script}\n</script>\n\n<template>\n  ${template}\n</template>\n`,
  svelte: (script, template) =>
    `<script lang="ts">\n  import { Money, price, some } from './money'\n  ${script}\n</script>\n\n${template}\n`,
  astro: (script, template) => `---\nimport { Money, price, some } from './money'\n${script}\n---\n${template}\n`,
}

const scripts: readonly (readonly [written: string, lowered: string])[] = [
  ['const a = price * 2 + price', 'const a = price.times(2).add(price)'],
  [
    'let sum = price; for (const x of [price]) sum += x * 3 // all',
    'let sum = price; for (const x of [price]) sum = sum.add(x.times(3)) // all',
  ],
  ['const f = (x: Money) => -x < 2 * x', 'const f = (x: Money) => x.neg().lt(x.times(2))'],
  ['const n = 2 * 3', 'const n = 2 * 3'],
]
/** With what the frameworks declare globally. */
const own: Readonly<Record<Kind, typeof scripts>> = {
  vue: [
    [
      'const props = defineProps<{ v: Money }>(); const two = -props.v',
      'const props = defineProps<{ v: Money }>(); const two = props.v.neg()',
    ],
    [
      "import { ref } from 'vue'; const n = ref(1), m = price * n.value",
      "import { ref } from 'vue'; const n = ref(1), m = price.times(n.value)",
    ],
  ],
  svelte: [
    ['let two = $derived(price * 2)', 'let two = $derived(price.times(2))'],
    ['let { v }: { v: Money } = $props(); const two = -v', 'let { v }: { v: Money } = $props(); const two = v.neg()'],
  ],
  astro: [['const total = await Promise.resolve(price) * 2', 'const total = (await Promise.resolve(price)).times(2)']],
}
const templates: Readonly<Record<Kind, readonly (readonly [written: string, lowered: string])[]>> = {
  vue: [
    ['<p>{{ price * 2 }}</p>', '<p>{{ price.times(2) }}</p>'],
    [
      '<p v-for="p in [price]" :title="`${p + price}`">{{ 3 * p - price }}</p>',
      '<p v-for="p in [price]" :title="`${p.add(price)}`">{{ p.times(3).sub(price) }}</p>',
    ],
    [
      '<p v-if="price < price * 2" @click="() => void (price * 3)">{{ 1 + 2 }}</p>',
      '<p v-if="price.lt(price.times(2))" @click="() => void (price.times(3))">{{ 1 + 2 }}</p>',
    ],
  ],
  svelte: [
    ['<p>{price * 2}</p>', '<p>{price.times(2)}</p>'],
    [
      '{#each [price] as p}<p title={`${p + price}`}>{3 * p - price}</p>{/each}',
      '{#each [price] as p}<p title={`${p.add(price)}`}>{p.times(3).sub(price)}</p>{/each}',
    ],
    [
      '{#if price < price * 2}<b onclick={() => void (price * 3)}>{1 + 2}</b>{/if}',
      '{#if price.lt(price.times(2))}<b onclick={() => void (price.times(3))}>{1 + 2}</b>{/if}',
    ],
    ['{#if true}{@const y = price * 2}{y}{/if}', '{#if true}{@const y = price.times(2)}{y}{/if}'],
  ],
  astro: [
    ['<p>{price * 2}</p>', '<p>{price.times(2)}</p>'],
    [
      '{[price].map(p => <p title={`${p + price}`}>{3 * p - price}</p>)}',
      '{[price].map(p => <p title={`${p.add(price)}`}>{p.times(3).sub(price)}</p>)}',
    ],
  ],
}
describe.each(Object.keys(packages) as Kind[])('%s', kind => {
  let project: Project
  beforeAll(() => {
    project = projectOf(kind)
  })
  const lowered = async (code: string) => {
    const name = join(project.root, `src/Component.${kind}`)
    writeFileSync(name, code)
    const onDemand = createOnDemand({}, project.root, createModuleLowerer)
    return lowerComponent(fileNameOf(name, project.root), code, project.root, onDemand)
  }

  test.each([...scripts, ...own[kind]])('in a script, `%s`', async (written, wanted) => {
    const found = await lowered(around[kind](written, '<i></i>'))
    expect(found?.errors).toEqual([])
    expect(found?.output?.code ?? around[kind](written, '<i></i>')).toBe(around[kind](wanted, '<i></i>'))
  })

  test.each(templates[kind])('in a template, `%s`', async (written, wanted) => {
    const found = await lowered(around[kind]('', written))
    expect(found?.errors).toEqual([])
    expect(found?.output?.code).toBe(around[kind]('', wanted))
  })

  test('a call that chooses a method at run time has its import', async () => {
    const found = await lowered(around[kind]('const both = some() * 2', '<i></i>'))
    expect(found?.errors).toEqual([])
    expect(found?.output?.code).toMatch(/import \{ dispatchBinary as __tsgrad_dispatchBinary \} from 'tsgrad'/)
    expect(found?.output?.code).toContain('const both = __tsgrad_dispatchBinary(')
  })

  test('an error stands at its place in the component', async () => {
    const code = around[kind]("const wrong = price * 'four'", '<i></i>')
    const found = await lowered(code)
    expect(
      found?.errors.map(({ code, place }) => [
        code,
        place?.line,
        place?.lineText.slice(place.column, place.column + place.length),
      ]),
    ).toEqual([[2345, 3, "'four'"]])
    expect(found?.errors[0]?.place?.fileName).toMatch(RegExp(`Component.${kind}$`))
  })
})

test('an attribute whose quotes the call would end is an error at its place', async () => {
  const project = projectOf('vue')
  const name = join(project.root, 'src/Component.vue')
  const lowered = (code: string) =>
    lowerComponent(
      fileNameOf(name, project.root),
      code,
      project.root,
      createOnDemand({}, project.root, createModuleLowerer),
    )
  const found = await lowered(around.vue('', "<p :title='`${some() * 2}`' />"))
  expect(found?.errors.map(({ code, place }) => [code, place?.line])).toEqual([[93016, 7]])
  expect((await lowered(around.vue('', '<p :title="`${some() * 2}`" />')))?.output?.code).toContain(
    "`${__tsgrad_dispatchBinary('*', 'times', 'times', some(), 2)}`",
  )
})

test('elsewhere than in Vite, natural math in a component is an error at its place', async () => {
  const project = projectOf('vue')
  const name = fileNameOf('src/Component.vue', project.root)
  const onDemand = createOnDemand({}, project.root, createModuleLowerer)
  const found = (template: string) => lowerComponent(name, around.vue('', template), project.root, onDemand, false)
  expect((await found('<p>{{ price * 2 }}</p>'))?.errors.map(({ code, place }) => [code, place?.line])).toEqual([
    [93016, 7],
  ])
  expect(await found('<p>{{ price.times(2) }}</p>')).toMatchObject({ errors: [], output: undefined })
})

test('a project without the tool that reads a component is refused', async () => {
  const project = projectOf('vue')
  project.remove('node_modules/vue-tsc')
  const name = join(project.root, 'src/Component.vue')
  const found = await lowerComponent(
    fileNameOf(name, project.root),
    around.vue('', '<p />'),
    project.root,
    createOnDemand({}, project.root, createModuleLowerer),
  )
  expect(found?.errors.map(({ code, text }) => `${code} ${text}`)).toEqual([
    expect.stringMatching(/^93018 .*TS93018: .*npm install --save-dev vue-tsc/),
  ])
})

describe('built by its own tool', () => {
  const script = 'const total = price * 2 + new Money(1)'
  const ssr: Readonly<Record<'vue' | 'svelte', { config: string; main: string; template: string }>> = {
    vue: {
      config: "import ui from '@vitejs/plugin-vue'",
      main: "import { createSSRApp } from 'vue'\nimport { renderToString } from 'vue/server-renderer'\nimport App from './App.vue'\nconsole.log(await renderToString(createSSRApp(App)))\n",
      template: '<p v-for="p in [price, total]">{{ p * 3 }}</p>',
    },
    svelte: {
      config: "import { svelte as ui } from '@sveltejs/vite-plugin-svelte'",
      main: "import { render } from 'svelte/server'\nimport App from './App.svelte'\nconsole.log(render(App).body)\n",
      template: '{#each [price, total] as p}<p>{p * 3}</p>{/each}',
    },
  }

  test.each(Object.entries(ssr) as ['vue' | 'svelte', (typeof ssr)['vue']][])(
    '%s',
    async (kind, { config, main, template }) => {
      const project = projectOf(kind, {
        'vite.config.js': `${config}\nimport tsgrad from 'tsgrad/vite'\nexport default { plugins: [tsgrad(), ui()], build: { ssr: 'src/main.ts', outDir: 'out' } }\n`,
        'src/main.ts': main,
        [`src/App.${kind}`]: around[kind](script, template),
      })
      const built = await project.node('node_modules/vite/bin/vite.js', 'build')
      expect(built).toEqual({ status: 0, output: expect.stringContaining('built in') })
      const { output } = await project.node('out/main.js')
      expect(output.replace(/<!--.*?-->/g, '').trim()).toBe('<p>30ct</p><p>63ct</p>')
      project.write({ [`src/App.${kind}`]: around[kind](script, template.replace('p * 3', "p * 'x'")) })
      const failed = await project.node('node_modules/vite/bin/vite.js', 'build')
      expect(failed.status).not.toBe(0)
      expect(failed.output).toMatch(RegExp(`src/App\\.${kind}:\\d+:\\d+ - error TS2345`))
    },
  )

  test('astro', async () => {
    const project = projectOf('astro', {
      'astro.config.mjs': "import tsgrad from 'tsgrad/vite'\nexport default { vite: { plugins: [tsgrad()] } }\n",
      'src/pages/index.astro': around
        .astro(script, '{[price, total].map(p => <p>{p * 3}</p>)}')
        .replace('./money', '../money'),
    })
    const node = await nodeOf('24.21.0')
    if (!node) throw new Error('npm does not install Node 24')
    const built = await command('sh', [
      '-c',
      'cd "$0" && ASTRO_TELEMETRY_DISABLED=1 "$@"',
      project.root,
      node,
      'node_modules/astro/bin/astro.mjs',
      'build',
    ])
    expect(built).toEqual({ status: 0, output: expect.stringContaining('Complete') })
    expect(project.read('dist/index.html')).toContain('<p>30ct</p><p>63ct</p>')
  })
})
