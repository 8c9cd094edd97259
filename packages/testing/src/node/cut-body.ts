import type { Breakage } from './fault-proxy.ts'

/** Bytes of a body, and what of a chunk stands around them. */
export interface BodyPiece {
  readonly bytes: Uint8Array
  /** The size of the chunk that begins here, or null within one. */
  readonly announced: number | null
  readonly endsChunk: boolean
  /** The fault comes after this piece. */
  readonly isPlace: boolean
}

/** Faults that come between two chunks; all others come in the middle of one. */
const betweenChunks: readonly string[] = ['end-early', 'cut-chunk', 'bad-chunk', 'rechunk']

/** The pieces of a body, cut where the fault is. No piece is empty but one that a chunk must be told around. */
export async function* cutBody(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { fault, at }: Breakage,
): AsyncGenerator<BodyPiece> {
  let left = typeof at === 'number' ? at : Number.NaN
  for await (const bytes of body) {
    if (bytes.length === 0) continue
    if (!(left <= bytes.length)) {
      left -= bytes.length
      yield { bytes, announced: bytes.length, endsChunk: true, isPlace: false }
      continue
    }
    const before = bytes.subarray(0, left)
    const after = bytes.subarray(left)
    left = Number.NaN
    if (betweenChunks.includes(fault)) {
      const isChunk = before.length > 0 // a chunk of no bytes would be the last one
      const announced = isChunk ? before.length : null
      yield { bytes: before, announced, endsChunk: isChunk, isPlace: true }
      if (after.length === 0) continue
      yield { bytes: after, announced: after.length, endsChunk: true, isPlace: false }
    } else {
      yield { bytes: before, announced: bytes.length, endsChunk: false, isPlace: true }
      yield { bytes: after, announced: null, endsChunk: true, isPlace: false }
    }
  }
}
