import { describe, expect, it } from 'vitest'
import { guardThread } from './guard-thread.ts'

describe('guardThread', () => {
  it('adopts the first thread ID of a new thread', () => {
    const guard = guardThread(null)
    const event = { type: 'run_start', threadRef: 'thread-1' } as const

    const events = guard.check(event)

    expect(events).toEqual([event])
    expect(guard.threadId).toBe('thread-1')
  })

  it('lets the ID that is continued pass, on any event that carries it', () => {
    const guard = guardThread('thread-1')
    const event = { type: 'message_final', text: 'Hi', threadRef: 'thread-1' } as const

    expect(guard.check(event)).toEqual([event])
  })

  it('takes another ID off the event and reports the conflict once', () => {
    const guard = guardThread('thread-1')

    const first = guard.check({ type: 'message_delta', text: 'a', threadRef: 'thread-2' })
    const second = guard.check({ type: 'message_delta', text: 'b', threadRef: 'thread-3' })

    expect(first).toEqual([
      { type: 'message_delta', text: 'a' },
      { type: 'error', error: { code: 'thread-conflict' } },
    ])
    expect(second).toEqual([{ type: 'message_delta', text: 'b' }])
    expect(guard.threadId).toBe('thread-1')
  })

  it('keeps the first ID when the stream shows two (F39)', () => {
    const guard = guardThread(null)

    guard.check({ type: 'run_start', threadRef: 'thread-1' })
    const events = guard.check({ type: 'run_start', threadRef: 'thread-2' })

    expect(events).toEqual([
      { type: 'run_start' },
      { type: 'error', error: { code: 'thread-conflict' } },
    ])
    expect(guard.threadId).toBe('thread-1')
  })

  it('never names an ID in the conflict', () => {
    const guard = guardThread('secret-1')

    const events = guard.check({ type: 'run_start', threadRef: 'secret-2' })

    expect(JSON.stringify(events)).not.toMatch(/secret/)
  })

  it('leaves events without an ID alone', () => {
    const guard = guardThread(null)
    const event = { type: 'tool_end', callId: 'call-1', output: 1 } as const

    expect(guard.check(event)[0]).toBe(event)
    expect(guard.threadId).toBeNull()
  })
})
