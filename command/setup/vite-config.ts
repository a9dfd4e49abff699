/**
 * The plugin in a configuration of Vite or Vitest, where that has the form of the templates.
 * It must not know more of JavaScript than this form.
 */

/** Where the plugin goes: the list of plugins, or, without the word anywhere, the configuration itself. No comment of one line starts so. */
const LIST = /^export default defineConfig\(\{\s*plugins: \[(\s*)/gm
const CONFIGURATION = /^export default defineConfig\(\{(\s*)/gm

/** Undefined where the text has another form, so that a person must do it; the same text where the plugin is there. */
export function withVitePlugin(text: string): string | undefined {
  if (/from ['"]tsgrad\/vite['"]/.test(text)) return text
  const hasPlugins = /\bplugins\b/.test(text)
  const [place, ...others] = text.matchAll(hasPlugins ? LIST : CONFIGURATION)
  if (!place || others.length > 0) return undefined
  const at = place.index + place[0].length
  const call = hasPlugins ? 'tsgrad()' : 'plugins: [tsgrad()]'
  const separator = /[\]}]/.test(text.charAt(at)) ? '' : `,${place[1] === '' ? ' ' : place[1]}`
  return withImport(`${text.slice(0, at)}${call}${separator}${text.slice(at)}`)
}

/** In the style of the first import, and before it. */
function withImport(text: string): string {
  const [first, quote = "'", end = ''] = /^import [^'"\n]*(['"])[^'"]*['"](;?)/m.exec(text) ?? []
  const line = `import tsgrad from ${quote}tsgrad/vite${quote}${end}\n`
  const at = first === undefined ? 0 : text.indexOf(first)
  return text.slice(0, at) + line + text.slice(at)
}

/** For a folder that has none; `module` is that of Vite or of Vitest. */
export const newViteConfig = (module: 'vite' | 'vitest/config') => `import tsgrad from 'tsgrad/vite'
import { defineConfig } from '${module}'

export default defineConfig({ plugins: [tsgrad()] })
`
