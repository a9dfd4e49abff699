/**
 * Decodes a file as the compiler does, and encodes another text in the same way.
 * It must not know files.
 */

export interface EncodedText {
  /** Without the mark at its start. */
  readonly text: string
  /** Encodes another text as this one is encoded. */
  encode(text: string): Buffer
}

interface Encoding {
  readonly mark: readonly number[]
  decode(bytes: Buffer): string
  encode(text: string): Buffer
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/** The encodings that the compiler knows by their byte order marks; the last one has none. */
const ENCODINGS: readonly Encoding[] = [
  { mark: [0xfe, 0xff], decode: bytes => swapped(bytes).toString('utf16le'), encode: text => swapped(utf16(text)) },
  { mark: [0xff, 0xfe], decode: bytes => bytes.toString('utf16le'), encode: utf16 },
  { mark: [0xef, 0xbb, 0xbf], decode: bytes => bytes.toString('utf8'), encode: text => Buffer.from(text, 'utf8') },
  { mark: [], decode: bytes => bytes.toString('utf8'), encode: text => Buffer.from(text, 'utf8') },
]

/** Undefined for bytes that their text does not encode to, since writing it would change other parts of the file. */
export function decoded(bytes: Buffer): EncodedText | undefined {
  const { mark, ...encoding } = ENCODINGS.find(each => each.mark.every((byte, i) => bytes[i] === byte))!
  const text = encoding.decode(bytes.subarray(mark.length))
  const encode = (other: string) => Buffer.concat([Buffer.from(mark), encoding.encode(other)])
  return encode(text).equals(bytes) ? { text, encode } : undefined
}

/** Swaps the bytes of each pair; drops the last one of an odd number, as the compiler does. */
const swapped = (bytes: Buffer) => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
