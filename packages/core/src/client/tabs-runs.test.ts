import { afterEach, describe, expect, it, vi } from 'vitest'
import { delta, settled } from '../__fixtures__/hand-transport.ts'
import { oneBrowser } from '../__fixtures__/one-browser.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a queue in one of two tabs', () => {
  it('gives its texts back when the other tab begins a new conversation (F63)', async () => {
    const { tab } = oneBrowser()
    const [one, two] = [await tab({}, { whenBusy: 'queue' }), await tab()]
    void one.thread.send('First')
    await settled()
    await one.transport.run.push(delta('Hel'))
    const queued = [one.thread.send('Second'), one.thread.send('Third')]

    two.thread.reset()
    await settled()

    const canceled = { sent: false, reason: 'canceled' }
    expect(await Promise.race([Promise.all(queued), settled()])).toEqual([canceled, canceled])
    expect(one.thread.store.getState()).toMatchObject({ turns: [], queued: [], status: 'ready' })
    expect(one.transport.runs).toHaveLength(1)
  })
})
