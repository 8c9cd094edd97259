import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createFluoClient, memoryStorage, type EventBatches } from '@fluokit/core'
import { describe, expect, it } from 'vitest'

/** Collects garbage, and says how many bytes are left. */
function collector(): () => number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  return () => {
    collect()
    return process.memoryUsage().heapUsed
  }
}

describe('a thread with a long answer', () => {
  it('holds the text of a long run, and not the cursors of its events', async () => {
    const collect = collector()
    let held = Infinity
    async function* start(): EventBatches {
      const before = collect()
      for (let index = 0; index < 40_000; index += 1) {
        const cursor = Buffer.alloc(1000, `${index} `).toString('latin1')
        yield [{ cursor, event: { type: 'message_delta', text: '.' } }]
      }
      held = collect() - before
      return 'stopped'
    }
    const transport = { start, resume: start, stop: async () => undefined }
    const client = createFluoClient({ transport, userScope: null, storage: memoryStorage() })

    await client.thread({ agentId: 'agent' }).send('Hi')

    expect(held).toBeLessThan(10_000_000) // the cursors alone are four times that
    client.dispose()
  })
})
