/**
 * Checks the release of a tool that an optional part of tsgrad integrates with. package.json allows every release, so that npm never
 * refuses to install tsgrad for a part that nobody uses. It must not know what the tools do.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { catalogue, filled } from '../../report/diagnostics.ts'
import { oldestReleases } from './oldest-releases.ts'

export type OptionalPart = keyof typeof oldestReleases

/** @throws Error as `oldRelease` says it. */
export function requireReleases(part: OptionalPart, folder: string): void {
  const old = oldRelease(part, folder)
  if (old !== undefined) throw new Error(old)
}

/**
 * The error about a tool that modules in a folder import and that is too old for a part of tsgrad: it names the part, the installed
 * release and the command that updates it. A tool that has no package.json in a `node_modules` above the folder, as with Plug'n'Play,
 * is not checked.
 */
export function oldRelease(part: OptionalPart, folder: string): string | undefined {
  const { code, text } = catalogue.oldTool
  for (const [tool, oldest] of Object.entries(oldestReleases[part])) {
    const installed = releaseIn(folder, tool)
    if (installed !== undefined && isOlder(installed, oldest))
      return `TS${code}: ${filled(text, [`tsgrad/${part}`, tool, oldest, installed])}`
  }
  return undefined
}

function releaseIn(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return (JSON.parse(readFileSync(join(at, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
        .version
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes((error as { code?: string }).code ?? '')) return undefined
    }
    if (at === dirname(at)) return undefined
  }
}

/** Compares numbers only: a prerelease counts as its release. */
function isOlder(release: string, oldest: string): boolean {
  const [a, b] = [release, oldest].map(each => each.split(/[.-]/).map(Number)) as [number[], number[]]
  const i = b.findIndex((part, k) => a[k] !== part)
  return i >= 0 && a[i]! < b[i]!
}
