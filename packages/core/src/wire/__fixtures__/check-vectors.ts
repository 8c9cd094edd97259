import type { SseMessage } from '../fluo-event.ts'
import { readSse, type ReadSseOptions } from '../read-sse.ts'
import json from './sse-vectors.json' with { type: 'json' }

export interface Vector {
  readonly name: string
  readonly chunks_base64: readonly string[]
  readonly expected: readonly { readonly event: string; readonly data: string; readonly id?: string }[]
}

export const vectors: readonly Vector[] = json

/** Vectors longer than this are cut at sampled places only: near both ends and at every 257th byte. */
const longestCutEverywhere = 1000

/** A body that brings these pieces, one read each, and then ends. */
export function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const waiting = [...pieces]
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = waiting.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(piece)
    },
  })
}

export async function readAll(
  pieces: readonly Uint8Array[],
  options?: ReadSseOptions,
): Promise<readonly SseMessage[]> {
  const messages: SseMessage[] = []
  for await (const message of readSse(bodyOf(pieces), options)) messages.push(message)
  return messages
}

/** The ways of cutting a vector's bytes that read as something else than expected; none, when all is well. */
export async function wrongCuts(vector: Vector): Promise<readonly string[]> {
  const given = vector.chunks_base64.map((chunk) =>
    Uint8Array.from(atob(chunk), (character) => character.charCodeAt(0)),
  )
  const whole = Uint8Array.from(given.flatMap((chunk) => [...chunk]))
  const cuts: (readonly [string, readonly Uint8Array[]])[] = [
    ['as given', given],
    ['whole', [whole]],
    ['byte by byte', Array.from(whole, (byte) => Uint8Array.of(byte))],
    ...placesOf(whole).map(
      (at) => [`cut at ${at}`, [whole.slice(0, at), whole.slice(at)]] as const,
    ),
  ]
  const expected = JSON.stringify(
    vector.expected.map(({ event, data, id = '' }) => ({ event, data, id })),
  )
  const wrong: string[] = []
  for (const [name, pieces] of cuts) {
    const read = JSON.stringify(await readAll(pieces))
    if (read !== expected) wrong.push(`${name}: ${read.slice(0, 300)}`)
  }
  return wrong
}

function placesOf({ length }: Uint8Array): readonly number[] {
  const all = Array.from({ length: Math.max(length - 1, 0) }, (_, index) => index + 1)
  if (length <= longestCutEverywhere) return all
  return all.filter((at) => at < 100 || at > length - 100 || at % 257 === 0)
}
