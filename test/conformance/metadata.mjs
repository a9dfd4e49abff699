// What a test of test262 says about itself, and in which variants it is to be run. Source: test262's INTERPRETING.md.

/** Reads the front matter: the few forms of YAML that the corpus uses. */
export function metadataOf(text) {
  const yaml = /\/\*---\r?\n?([\s\S]*?)---\*\//.exec(text)?.[1] ?? ''
  const negative = /^negative:\s*\r?\n((?:[ \t]+.*\r?\n?)+)/m.exec(yaml)?.[1]
  const field = (from, name) => new RegExp(`\\b${name}:\\s*(\\w+)`).exec(from)?.[1]
  return {
    flags: new Set(list(yaml, 'flags')),
    includes: list(yaml, 'includes'),
    features: list(yaml, 'features'),
    negative: negative && { phase: field(negative, 'phase'), type: field(negative, 'type') },
  }
}

function list(yaml, name) {
  const inline = new RegExp(`^${name}:\\s*\\[([^\\]]*)\\]`, 'm').exec(yaml)?.[1]
  if (inline !== undefined)
    return inline
      .split(',')
      .map(each => each.trim())
      .filter(Boolean)
  const block = new RegExp(`^${name}:\\s*\\r?\\n((?:[ \\t]*-.*\\r?\\n?)+)`, 'm').exec(yaml)?.[1] ?? ''
  return [...block.matchAll(/-\s*(\S+)/g)].map(([, each]) => each)
}

/** The ways to run a test: `sloppy`, `strict`, `module`. */
export function variantsOf({ flags }) {
  if (flags.has('module')) return ['module']
  if (flags.has('onlyStrict')) return ['strict']
  if (flags.has('noStrict') || flags.has('raw')) return ['sloppy']
  return ['sloppy', 'strict']
}
