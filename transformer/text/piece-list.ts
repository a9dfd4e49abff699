/**
 * The pieces of a mapped text as one short text, and back.
 * It must not know what the pieces are of, nor where they are kept.
 */
import type { Piece } from './text.ts'

/** For each piece: the characters before it that belong to none, its length, its start after the last one's end, its range's length, whether it is a copy. */
export function listOf(pieces: readonly Piece[]): string {
  const numbers: number[] = []
  let [generated, original] = [0, 0]
  for (const piece of pieces) {
    numbers.push(piece.generated - generated, piece.length, piece.start - original)
    numbers.push(piece.end - piece.start, piece.copied ? 1 : 0)
    generated = piece.generated + piece.length
    original = piece.end
  }
  return numbers.join(' ')
}

export function piecesOf(list: string): readonly Piece[] {
  const numbers = list === '' ? [] : list.split(' ').map(Number)
  const pieces: Piece[] = []
  let [generated, original] = [0, 0]
  for (let i = 0; i < numbers.length; i += 5) {
    const [gap, length, start, range, copied] = numbers.slice(i, i + 5) as [number, number, number, number, number]
    const piece = { generated: generated + gap, length, start: original + start, end: original + start + range }
    pieces.push({ ...piece, copied: copied === 1 })
    generated = piece.generated + length
    original = piece.end
  }
  return pieces
}
