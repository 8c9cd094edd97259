import type { IncomingMessage } from 'node:http'

const largest = 10 * 1024 * 1024

/** The text of a request's body, or null when it is larger than 10 MiB or breaks off. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    // A body that is too large is read on, and forgotten, so that the refusal can still be sent.
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length
      if (size <= largest) pieces.push(piece)
    }
  } catch {
    return null
  }
  return size > largest ? null : Buffer.concat(pieces).toString('utf8')
}

/** Text as JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
