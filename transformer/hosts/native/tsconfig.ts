/**
 * The text of a tsconfig.json with other compiler options.
 * It must not know which options there are.
 */

/** Undefined when nothing is different. */
export function configWith(text: string, overrides: object): string | undefined {
  if (Object.keys(overrides).length === 0) return undefined
  const config = parsed(text) as { compilerOptions?: object }
  return JSON.stringify({ ...config, compilerOptions: { ...config.compilerOptions, ...overrides } })
}

/** A tsconfig.json may hold comments and commas behind the last entry. */
function parsed(text: string): unknown {
  const string = /"(?:\\.|[^"\\])*"/.source
  const uncommented = text.replace(new RegExp(`${string}|//.*|/\\*[\\s\\S]*?\\*/`, 'g'), match =>
    match.startsWith('"') ? match : ' ',
  )
  const strict = uncommented.replace(new RegExp(`${string}|,(?=\\s*[}\\]])`, 'g'), match =>
    match.startsWith('"') ? match : '',
  )
  return JSON.parse(strict.replace(/^\ufeff/, '').trim() || '{}')
}
