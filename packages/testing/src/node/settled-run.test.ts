import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  createFluoClient,
  memoryStorage,
  relayTransport,
  textOf,
  type EventBatches,
  type Thread,
} from '@fluokit/core'
import { describe, expect, it } from 'vitest'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** Collects what nothing holds any more, and says how many bytes are left. What was just looked at is held for its task. */
async function collect(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setTimeout(resolve))
    gc()
  }
  return process.memoryUsage().heapUsed
}

const held = (refs: readonly WeakRef<object>[]): number =>
  refs.filter((ref) => ref.deref() !== undefined).length

function textIn(thread: Thread): string {
  const run = thread.store.getState().turns.at(-1)?.runs.at(-1)
  return run === undefined ? '' : textOf(run)
}

describe('a thread whose run is over', () => {
  it('holds on to no event, signal or state that its run came by', async () => {
    const refs: Record<'events' | 'signals' | 'states' | 'observed', WeakRef<object>[]> = {
      events: [],
      signals: [],
      states: [],
      observed: [],
    }
    async function* start(_: unknown, signal: AbortSignal): EventBatches {
      refs.signals.push(new WeakRef(signal))
      for (let index = 0; index < 200; index += 1) {
        const events = [
          { type: 'message_delta', text: `line ${index}\n` } as const,
          { type: 'thinking_part', text: 'hm' } as const,
          { type: 'tool_start', callId: `${index}`, name: 'sum' } as const,
          { type: 'tool_end', callId: `${index}`, name: 'sum' } as const,
        ]
        for (const event of events) refs.events.push(new WeakRef(event))
        yield events.map((event) => ({ cursor: `${index}`, event }))
        if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
      yield [{ cursor: 'final', event: { type: 'message_final' } }]
      return 'done'
    }
    const client = createFluoClient({
      transport: { start, resume: start },
      userScope: null,
      storage: memoryStorage(),
      onEvent: (event) => void refs.observed.push(new WeakRef(event)),
    })
    const thread = client.thread({ agentId: 'agent' })
    thread.store.subscribe((state) => void refs.states.push(new WeakRef(state)))

    await thread.send('Hi')
    expect(refs.states.length).toBeGreaterThan(3)
    await collect()

    expect(thread.store.getState().status).toBe('ready')
    expect(held(refs.events)).toBe(0)
    expect(held(refs.observed)).toBe(0)
    expect(held(refs.signals)).toBe(0)
    expect(held(refs.states)).toBe(1) // the one that is shown
    client.dispose()
  })

  it('holds its text once', async () => {
    const line = (index: number): string => `${index} ${'word '.repeat(100)}\n`
    const count = 20_000
    const encoder = new TextEncoder()
    const body = (): ReadableStream<Uint8Array> => {
      let index = 0
      return new ReadableStream({
        pull(controller) {
          if (index === count) {
            controller.enqueue(encoder.encode('data: {"type":"message_final"}\n\n'))
            return controller.close()
          }
          let frames = ''
          for (const end = Math.min(count, index + 20); index < end; index += 1) {
            const text = line(index)
            for (const piece of [text.slice(0, 40), text.slice(40)]) {
              frames += `data: ${JSON.stringify({ type: 'message_delta', text: piece })}\n\n`
            }
          }
          controller.enqueue(encoder.encode(frames))
        },
      })
    }
    const client = createFluoClient({
      transport: relayTransport({
        url: 'http://relay.test/',
        fetch: async () =>
          new Response(body(), { headers: { 'content-type': 'text/event-stream' } }),
      }),
      userScope: null,
      storage: memoryStorage(),
    })
    const thread = client.thread({ agentId: 'agent' })
    const before = await collect()

    await thread.send('Hi')
    const growth = (await collect()) - before

    const { length } = textIn(thread)
    expect(length).toBeGreaterThan(10_000_000)
    expect(growth).toBeLessThan(1.5 * length)
    client.dispose()
  })
})
