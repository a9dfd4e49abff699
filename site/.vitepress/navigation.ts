/** Which page stands where in the sidebar. Names of pages are their first headings; it must not repeat them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DefaultTheme } from 'vitepress'
import { hosts } from '../../scripts/tables/hosts.ts'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))

/** The pages of a folder but its README, in the order of their names. */
function pagesIn(folder: string): string[] {
  if (!existsSync(docs + folder)) return []
  const names = readdirSync(docs + folder).filter(name => name.endsWith('.md') && name !== 'README.md')
  return names.sort().map(name => `${folder}/${name.slice(0, -3)}`)
}

function headingOf(page: string): string {
  const text = readFileSync(`${docs}${page}.md`, 'utf8')
  const heading = /^# (.*)$/m.exec(text)?.[1]
  if (heading === undefined) throw new Error(`docs/${page}.md has no first heading, which the sidebar names it by`)
  return heading.replaceAll('`', '').replaceAll('\\', '')
}

function item(page: string): DefaultTheme.SidebarItem {
  // under the name of its folder
  if (page.endsWith('/README')) return { text: 'Overview', link: `/${page.slice(0, -'README'.length)}` }
  return { text: headingOf(page), link: `/${page}` }
}

const group = (text: string, pages: readonly string[]): DefaultTheme.SidebarItem => ({ text, items: pages.map(item) })

/** The groups of the sidebar; folders are listed, so that a new page in them is found. Hosts are in the order of their table. */
export function sidebar(): DefaultTheme.SidebarMulti {
  const guide =
    'numbers mixing functions training higher-derivatives gradients-of-gradients own-rules debugging other-classes'.split(
      ' ',
    )
  const decisions = pagesIn('decisions')
  const background = group('Background', ['how-it-works', 'comparison', 'architecture', 'edges', 'words'])
  return {
    // a long list, which would push the others away
    '/decisions/': [background, group('Decisions', decisions)],
    '/': [
      { ...item('start') },
      { ...item('coming-from') },
      group(
        'Guide',
        guide.map(name => `guide/${name}`),
      ),
      group('Reference', [
        'operators',
        'gradients',
        'compiled-gradients',
        'rules',
        'special',
        'optimise',
        'linear',
        'interop',
        'many-cores',
        'command',
        'limits',
      ]),
      group('Errors', ['reading-errors', 'errors']),
      group('Hosts', ['hosts/README', ...new Set([...hosts.map(({ name }) => `hosts/${name}`), ...pagesIn('hosts')])]),
      ...(existsSync(`${docs}api/README.md`) ? [group('API', ['api/README', ...pagesIn('api')])] : []),
      { ...background, items: [...(background.items ?? []), { text: 'Decisions', link: `/${decisions[0]}` }] },
    ],
  }
}
