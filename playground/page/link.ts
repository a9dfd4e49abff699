/**
 * Links that hold a text, compressed, after the `#`, which browsers do not send to servers.
 * It must not know what the text is.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'

const PREFIX = '#code='
/** A limit in characters, above any program; a longer text is refused. */
const LONGEST = 500_000

export function hashOf(text: string): string {
  const binary = strFromU8(deflateSync(strToU8(text), { level: 9 }), true)
  return PREFIX + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The text of a link; undefined if there is none, or if it is damaged. */
export function textOf(hash: string): string | undefined {
  if (!hash.startsWith(PREFIX)) return undefined
  try {
    const base64 = hash.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/')
    const bytes = inflateSync(strToU8(atob(base64), true), { out: new Uint8Array(LONGEST) })
    return bytes.length < LONGEST ? strFromU8(bytes) : undefined
  } catch {
    return undefined
  }
}
