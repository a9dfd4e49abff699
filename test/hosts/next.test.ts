/** Next.js builds a page with natural math, by Turbopack and by webpack, with the packed package as npm installs it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { releasesOf } from './installed.ts'
import { command, type Files, Project, type Run, repository } from './project.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
const options = {
  ...{ target: 'es2022', lib: ['dom', 'es2022'], module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx' },
  ...{ strict: true, noEmit: true, isolatedModules: true, skipLibCheck: true, types: [], esModuleInterop: true },
}
const files: Files = {
  'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['app'] }),
  'next.config.mjs': readFileSync(join(repository, 'test/hosts/next/next.config.mjs'), 'utf8'),
  'app/layout.tsx': `import type { ReactNode } from 'react'
export default function Layout({ children }: { children: ReactNode }) {
  return <html lang="en"><body>{children}</body></html>
}
`,
  'app/vec.ts': `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '*': 'times' }
  constructor(readonly x: number) {}
  times(by: number): Vec {
    return new Vec(this.x * by)
  }
}
export const doubled = (v: Vec) => v * 2
`,
  'app/client.tsx': `'use client'
import { doubled, Vec } from './vec'
export const Client = () => <p>{\`client \${(doubled(new Vec(1)) * 3).x}\`}</p>
`,
  'app/page.tsx': `import { NumberWithGrad } from 'tsgrad'
import { Client } from './client'
export default function Page() {
  const a = new NumberWithGrad(2)
  const y = a * 4 + 3
  y.backward()
  return <main><p>{\`server \${y.num} \${a.grad}\`}</p><Client /></main>
}
`,
}

describe('a project', () => {
  const project = new Project(files, {})
  const next = (...args: readonly string[]): Promise<Run> => {
    vi.stubEnv('NEXT_TELEMETRY_DISABLED', '1')
    return project.node('node_modules/next/dist/bin/next', 'build', ...args)
  }
  beforeAll(async () => {
    const { output: name } = await command('npm', [
      ...['pack', '--silent', '--ignore-scripts', '--pack-destination', project.root],
    ])
    const { next: versions, react } = releasesOf('next')
    const packages = [`next@${versions![0]}`, `react@${react![0]}`, `react-dom@${react![0]}`]
    const typed = ['@types/react@19', '@types/node@22', `typescript@${devDependencies.typescript}`]
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
    const all = [...packages, ...typed, join(project.root, name.trim())]
    const { status, output } = await command('npm', ['install', '--prefix', project.root, ...options, ...all])
    if (status !== 0) throw new Error(output)
  })

  test.each(['--turbopack', '--webpack'])('%s builds a page with its values and gradients', async bundler => {
    project.write(files)
    const { status, output } = await next(bundler)
    expect(status, output).toBe(0)
    const page = project.read('.next/server/app/index.html')
    expect(page).toContain('<p>server 11 4</p>')
    expect(page).toContain('<p>client 6</p>')
  })

  test.each(['--turbopack', '--webpack'])('%s fails at an operator that the class does not name', async bundler => {
    project.write({ 'app/vec.ts': files['app/vec.ts']!.replace("'*'", "'+'") })
    const { status, output } = await next(bundler)
    expect(status).not.toBe(0)
    expect(output).toContain('error TS92001: `*` is not defined for Vec and number.')
    expect(output).toContain('app/vec.ts:9:38')
  })

  test('tsgrad check finds no error', async () => {
    project.write(files)
    expect(await project.node('node_modules/tsgrad/dist/command/main.js', 'check')).toEqual({ status: 0, output: '' })
  })

  test.each(['--turbopack', '--webpack'])('%s fails where it finds the module of an operand alone', async bundler => {
    const typed = "import type { Vec } from '#vec'\nexport const tripled = (v: Vec) => v * 3\n"
    const page = "import { tripled } from './typed'\nexport default () => <p>{`${tripled}`}</p>\n"
    project.write({ ...files, 'app/typed.ts': typed, 'app/page.tsx': page })
    const { status, output } = await next(bundler)
    expect(status).not.toBe(0)
    expect(output).toContain('app/typed.ts:2:38')
    expect(output).toContain('error TS92028')
  })
})
