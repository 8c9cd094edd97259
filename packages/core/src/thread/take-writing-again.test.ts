import { afterEach, describe, expect, it, vi } from 'vitest'
import { takeWritingAgain } from './take-writing-again.ts'
import type { RecordKeeper, ThreadTabs } from './thread-ports.ts'

afterEach(() => void vi.useRealTimers())

describe('takeWritingAgain', () => {
  it('waits for a storage that hangs no longer than two seconds, and goes by what is known', async () => {
    vi.useFakeTimers()
    const tabs = { take: () => true } as unknown as ThreadTabs
    const record = {
      current: { id: 'record', open: { run: { runId: 'run' } } },
      refresh: () => new Promise<void>(() => undefined),
    } as unknown as RecordKeeper
    let mayAsk: boolean | null = null

    void Promise.resolve(takeWritingAgain(tabs, record, 'run')).then((may) => (mayAsk = may))
    await vi.advanceTimersByTimeAsync(2000)

    expect(mayAsk).toBe(true)
  })
})
