/**
 * The text of a file as the compiler reads it, and the bytes of another text in the same encoding.
 * It must not know where the bytes are.
 */

export interface EncodedText {
  /** Without the mark at its start. */
  readonly text: string
  /** Another text as this one is written. */
  encode(text: string): Buffer
}

interface Encoding {
  readonly mark: readonly number[]
  decode(bytes: Buffer): string
  encode(text: string): Buffer
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/** Those that the compiler knows by their marks; the last one has none. */
const ENCODINGS: readonly Encoding[] = [
  { mark: [0xfe, 0xff], decode: bytes => swapped(bytes).toString('utf16le'), encode: text => swapped(utf16(text)) },
  { mark: [0xff, 0xfe], decode: bytes => bytes.toString('utf16le'), encode: utf16 },
  { mark: [0xef, 0xbb, 0xbf], decode: bytes => bytes.toString('utf8'), encode: text => Buffer.from(text, 'utf8') },
  { mark: [], decode: bytes => bytes.toString('utf8'), encode: text => Buffer.from(text, 'utf8') },
]

/** Undefined where the text does not give its bytes again, so that writing it would change more than it should. */
export function decoded(bytes: Buffer): EncodedText | undefined {
  const { mark, ...encoding } = ENCODINGS.find(each => each.mark.every((byte, i) => bytes[i] === byte))!
  const text = encoding.decode(bytes.subarray(mark.length))
  const encode = (other: string) => Buffer.concat([Buffer.from(mark), encoding.encode(other)])
  return encode(text).equals(bytes) ? { text, encode } : undefined
}

/** Pairs of bytes, the other way round; of an odd number the last one stays away, as the compiler has it. */
const swapped = (bytes: Buffer) => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
