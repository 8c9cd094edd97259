import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { handFrames, settled } from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import { relayTransport } from '../transport/relay-transport.ts'
import { encodeEvent } from '../wire/encode-event.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { encodeRunEnd } from '../wire/run-end-mark.ts'
import { textOf } from './text-chunks.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
})
afterEach(() => void vi.useRealTimers())

interface Connection {
  /** Bytes of its body that arrive. */
  readonly bytes: number
  readonly pieces: number
  /** Whether it breaks, or ends like one that is whole. */
  readonly breaks: boolean
  /** How many frames it repeats that the client has already. */
  readonly repeats: number
  /** Whether it says nothing more, until its page is left or it is dropped. */
  readonly isReload: boolean
}

const connection: fc.Arbitrary<Connection> = fc.record({
  bytes: fc.nat(400),
  pieces: fc.integer({ min: 1, max: 60 }),
  breaks: fc.boolean(),
  repeats: fc.nat(3),
  isReload: fc.boolean(),
})

const words = fc.array(fc.stringMatching(/^[a-zé漢 \n]{0,12}$/u), { minLength: 1, maxLength: 12 })

/** A relay that knows one run, and whose connections break as they are told. */
function fakeRelay(events: readonly FluoEvent[], connections: readonly Connection[]) {
  const frames = events.map((event, index) => `id: c${index}x\ndata: ${encodeEvent(event)}\n\n`)
  const cut = [...connections]
  const asked = { starts: 0 }
  async function answer(_: unknown, init?: RequestInit): Promise<Response> {
    const { op, after } = JSON.parse(init?.body as string) as { op: string; after?: string | null }
    if (op === 'start') asked.starts += 1
    const from = after ? Number(after.slice(1, -1)) + 1 : 0
    const how = cut.shift()
    const first = Math.max(0, from - (how?.repeats ?? 0))
    const whole = new TextEncoder().encode(
      frames.slice(how === undefined ? from : first).join('') + `data: ${encodeRunEnd('done')}\n\n`,
    )
    const bytes = how === undefined ? whole : whole.slice(0, Math.min(how.bytes, whole.length - 1))
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < bytes.length) {
          controller.enqueue(bytes.slice(at, (at += how?.pieces ?? bytes.length)))
        } else if (how?.isReload === true) return new Promise(() => undefined)
        else if (how?.breaks === true) controller.error(new TypeError('network error'))
        else controller.close()
      },
    })
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'fluokit-run-end': 'marked' },
    })
  }
  return { asked, fetch: answer as typeof fetch, isWhole: () => cut.length === 0 }
}

/**
 * What is left once all that was under way when the client was disposed has come to its end. A frame, or a storage that is waited
 * for, ends by itself within two seconds; what is left after that stays, or comes again.
 */
async function timersLeft(): Promise<number> {
  for (let round = 0; round < 50 && vi.getTimerCount() > 0; round += 1) {
    await settled()
    if (round >= 25) vi.advanceTimersByTime(100)
  }
  return vi.getTimerCount()
}

describe('a run whose connection is cut at any bytes, any number of times', () => {
  it('has every event once and in order, and is asked for once (F02)', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.array(connection, { maxLength: 6 }),
        async (texts, connections) => {
          const events: readonly FluoEvent[] = [
            { type: 'run_start', threadRef: 'ref' },
            ...texts.map((text): FluoEvent => ({ type: 'message_delta', text })),
            { type: 'message_final' },
          ]
          const relay = fakeRelay(
            events,
            connections.map((one) => ({ ...one, isReload: false })),
          )
          const seen: FluoEvent[] = []
          const client = createFluoClient({
            transport: relayTransport({ url: '/', fetch: relay.fetch }),
            userScope: null,
            storage: memoryStorage(),
            schedule: handFrames().schedule,
            onEvent: (event) => void seen.push(event),
          })
          const thread = client.thread({ agentId: 'agent' })
          let end: unknown = null
          void thread.send('Hi').then((result) => (end = result))
          for (let round = 0; end === null && round < 60; round += 1) {
            await settled()
            vi.advanceTimersByTime(3000)
          }

          const run = thread.store.getState().turns[0]?.runs[0]
          expect(end).toMatchObject({ sent: true, end: 'done' })
          expect(seen).toEqual(events)
          expect(run === undefined ? '' : textOf(run)).toBe(texts.join(''))
          expect(relay.asked.starts).toBe(1)
          client.dispose()
          expect(await timersLeft()).toBe(0)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('has its text once, also over any number of pages (F53)', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.array(connection, { maxLength: 6 }),
        fc.boolean(),
        async (texts, connections, isKept) => {
          const events: readonly FluoEvent[] = [
            { type: 'run_start', threadRef: 'ref' },
            ...texts.map((text): FluoEvent => ({ type: 'message_delta', text })),
            { type: 'message_final' },
          ]
          // A page that was restored knows its last cursor alone: a server keeps to it.
          const relay = fakeRelay(
            events,
            connections.map((one) => ({ ...one, repeats: 0 })),
          )
          const storage = memoryStorage()
          const transcripts = memoryTranscripts()
          const ends: unknown[] = []
          const open = () => {
            const client = createFluoClient({
              transport: relayTransport({ url: '/', fetch: relay.fetch }),
              userScope: null,
              storage,
              ...(isKept && { transcripts }),
              schedule: handFrames().schedule,
              onRunEnd: (run) => void ends.push([run.end, textOf(run)]),
            })
            const thread = client.thread({ agentId: 'agent' })
            thread.store.subscribe(() => undefined)
            return { client, thread }
          }
          let page = open()
          void page.thread.send('Hi')
          for (const _ of connections) {
            await settled()
            page.client.dispose()
            await settled()
            page = open()
          }
          for (let round = 0; ends.length === 0 && round < 100; round += 1) {
            await settled()
            vi.advanceTimersByTime(3000)
          }

          expect(ends).toEqual([['done', texts.join('')]])
          expect(relay.asked.starts).toBe(1)
          page.client.dispose()
          expect(await timersLeft()).toBe(0)
        },
      ),
      { numRuns: 150 },
    )
  })
})
