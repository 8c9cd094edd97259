import { afterEach, describe, expect, it, vi } from 'vitest'
import { handTransport } from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

async function warningsOf(mode: string, events: readonly FluoEvent[]): Promise<readonly unknown[]> {
  vi.stubEnv('NODE_ENV', mode)
  const spy = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const transport = handTransport()
  const client = createFluoClient({ transport, userScope: null, storage: memoryStorage() })
  const sent = client.thread({ agentId: 'agent' }).send('Hi')
  await transport.run.push(...events)
  await transport.run.end()
  await sent
  return spy.mock.calls.flat()
}

const unfinished: readonly FluoEvent[] = [{ type: 'message_delta', text: 'No final' }]
const cumulative: readonly FluoEvent[] = ['a', 'a b', 'a b c', 'a b c d'].map((text) => ({
  type: 'message_delta',
  text,
}))
const final: FluoEvent = { type: 'message_final' }

describe('warn', () => {
  it('says nothing outside development', async () => {
    expect(await warningsOf('production', [...cumulative])).toEqual([])
  })

  it('names `completion` once, for streams that end without a final', async () => {
    const first = await warningsOf('development', unfinished)
    const second = await warningsOf('development', unfinished)

    expect(first).toEqual([expect.stringContaining("completion: 'end-of-stream'")])
    expect(second).toEqual(first)
  })

  it('names `deltas` for deltas that repeat the text so far', async () => {
    const warnings = await warningsOf('development', [...cumulative, final])

    expect(warnings).toEqual([expect.stringContaining("deltas: 'cumulative'")])
  })
})
