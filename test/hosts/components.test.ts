/** The scripts that are looked for in components: each character at its place, all else blank. */
import { expect, test } from 'vitest'
import { COMPONENT, scriptsOf } from '../../transformer/hosts/modules/components.ts'
import type { FileName } from '../../transformer/program/file-names.ts'

const rows: readonly [string, string, readonly string[]][] = [
  ['a.vue', '<p/><script lang="ts">let a</script>', ['let a']],
  ['a.vue', '<script setup lang=\'ts\' generic="T extends A<B>">let a</script>', ['let a']],
  ['a.vue', '<script lang=tsx>let a</script>\n<script setup lang="ts">let b</script >', ['let a;let b']],
  ['a.vue', '<script>let a</script><script setup>let b</script>', []],
  ['a.vue', '<!-- <script lang="ts">let a</script> --><script lang="ts">"<!--"</script>', ['"<!--"']],
  ['a.vue', '<template><p/></template>', []],
  ['a.svelte', '<script module lang="ts">let a</script><SCRIPT LANG="ts">let b</SCRIPT>', ['let a;let b']],
  ['a.astro', '---\nlet a\n---\n<p/><script>let b</script><script>let c</script>', ['let a', 'let b', 'let c']],
  ['a.astro', '<p/>\n<script>let b</script>', ['let b']],
]

test.each(rows)('%s: %j', (name, text, codes) => {
  const found = scriptsOf(name as FileName, text)
  expect(
    found.map(each =>
      each.text
        .replace(/\nimport type .*$/, '')
        .trim()
        .replaceAll(/[;\s]{2,}/g, ';')
        .replace(/;$/, ''),
    ),
  ).toEqual(codes)
  for (const [i, each] of found.entries()) {
    expect(each.name).toBe(`${name}.${i}.ts`)
    for (const code of codes[i]!.split(';')) expect(each.text.indexOf(code)).toBe(text.lastIndexOf(code))
  }
})

test.each([
  ['/p/A.vue', true],
  ['/p/A.svelte', true],
  ['/p/A.astro', true],
  ['/p/A.vue?vue&type=script&lang.ts', false],
  ['/p/a.svelte.ts', false],
])('%s is a component: %s', (id, isComponent) => expect(COMPONENT.test(id)).toBe(isComponent))
