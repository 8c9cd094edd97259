import type { SseMessage } from '../../packages/core/src/index.ts'
import {
  bodyOf,
  readAll,
  vectors,
  wrongCuts,
} from '../../packages/core/src/wire/__fixtures__/check-vectors.ts'
import { createFluoClient, fluoTransport, memoryStorage } from '../../packages/core/src/index.ts'
import { below, type Random } from './random.ts'
import { referenceSse } from './reference-sse.ts'

/** What came of reading streams: how many there were, and what was read otherwise than the rules say. */
export interface StreamFigures {
  readonly streams: number
  readonly differences: readonly string[]
}

/** Every vector of the wire at every cut. */
export async function readVectors(): Promise<StreamFigures> {
  const differences: string[] = []
  for (const vector of vectors) {
    differences.push(...(await wrongCuts(vector)).map((wrong) => `${vector.name}: ${wrong}`))
  }
  return { streams: vectors.length, differences }
}

/** Pieces that event streams are made of, and pieces that break them. */
const pieces = [
  'data', 'event', 'id', 'retry', 'Data', 'dat', ':', ': ', ' ', '\n', '\n', '\n\n', '\r', '\r\n', '\r\n\r\n',
  '\t', '\0', '\uFEFF', 'é', '世', '👋', '{"text":"a"}', '{"delta":"b"}', 'message_delta', 'message_final',
  'data: x\n', 'data:y\r\n', 'id: 7\n', 'event: message_final\n', 'data: {"text":"c"}\n\n', ': ping\n\n',
] // prettier-ignore

function randomText(random: Random): string {
  const length = below(random, 24)
  return Array.from({ length }, () => pieces[below(random, pieces.length)]).join('')
}

/** Random bytes: mostly text of the right kind, now and then a byte that no UTF-8 has there. */
export function randomBytes(random: Random): Uint8Array {
  const bytes = new TextEncoder().encode(randomText(random))
  if (bytes.length > 0 && random() < 0.2) bytes[below(random, bytes.length)] = below(random, 256)
  return bytes
}

function cutSomewhere(bytes: Uint8Array, random: Random): readonly Uint8Array[] {
  const cuts = Array.from({ length: below(random, 4) }, () => below(random, bytes.length + 1))
  const places = [0, ...cuts.sort((one, other) => one - other), bytes.length]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

/** Random streams in random pieces, read by the kit and by the rules. */
export async function readRandomStreams(streams: number, random: Random): Promise<StreamFigures> {
  const differences: string[] = []
  for (let count = 0; count < streams; count += 1) {
    const bytes = randomBytes(random)
    const read = await readAll(cutSomewhere(bytes, random))
    const expected = referenceSse(bytes)
    if (!isSame(read, expected)) {
      differences.push(
        `${JSON.stringify(new TextDecoder().decode(bytes))}: ${JSON.stringify(read)}`,
      )
    }
  }
  return { streams, differences }
}

function isSame(one: readonly SseMessage[], other: readonly SseMessage[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Random bytes as answers to a real client: nothing throws, and each run ends once. */
export async function runRandomBytes(runs: number, random: Random): Promise<StreamFigures> {
  const differences: string[] = []
  for (let count = 0; count < runs; count += 1) {
    const bytes = randomBytes(random)
    let ends = 0
    const client = createFluoClient({
      transport: fluoTransport({
        baseUrl: 'http://127.0.0.1',
        fetch: async () =>
          new Response(bodyOf(cutSomewhere(bytes, random)) as BodyInit, {
            headers: { 'content-type': 'text/event-stream' },
          }),
      }),
      userScope: null,
      storage: memoryStorage(),
      onRunEnd: () => void (ends += 1),
    })
    const sent = await client.thread({ agentId: 'a' }).send('?')
    if (ends !== 1 || !sent.sent) differences.push(`${ends} ends: ${JSON.stringify([...bytes])}`)
    client.dispose()
  }
  return { streams: runs, differences }
}
