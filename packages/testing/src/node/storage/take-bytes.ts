import type { IncomingMessage } from 'node:http'
import { sleep } from '../../sleep.ts'

/** Reads a body at a pace. Null where it broke off, or `onBytes` said to go no further, which ends its connection. */
export async function takeBytes(
  request: IncomingMessage,
  options: {
    /** Asked for each piece. */
    readonly bytesPerSecond: () => number
    readonly signal: AbortSignal
    /** Hears of each piece; returns whether to read on. */
    readonly onBytes: (count: number) => boolean
  },
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { bytesPerSecond, signal, onBytes } = options
  const pieces: Buffer[] = []
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      pieces.push(piece)
      if (!onBytes(piece.length)) return null
      await sleep((piece.length / bytesPerSecond()) * 1000, signal)
    }
  } catch {
    return null
  }
  return request.complete ? Buffer.concat(pieces) : null
}
