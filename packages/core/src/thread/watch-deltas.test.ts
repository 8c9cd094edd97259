import { describe, expect, it, vi } from 'vitest'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { watchDeltas } from './watch-deltas.ts'

function calls(texts: readonly string[], mode?: 'replace'): number {
  const onCumulative = vi.fn<() => void>()
  const watch = watchDeltas(onCumulative)
  for (const text of texts) {
    const event: FluoEvent = { type: 'message_delta', text, ...(mode && { mode }) }
    watch(event)
  }
  return onCumulative.mock.calls.length
}

describe('watchDeltas', () => {
  it('tells once of deltas that repeat the text so far', () => {
    expect(calls(['He', 'Hello', 'Hello wo', 'Hello world', 'Hello world, you'])).toBe(1)
  })

  it.each([
    [['He', 'llo', ' wo', 'rld']],
    [['a', 'ab', 'c', 'cd', 'e', 'ef']],
    [['ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'ha', 'haha', 'hahaha', 'hahahaha']],
    [['', '', '', '']],
  ])('says nothing of %j', (texts) => {
    expect(calls(texts)).toBe(0)
  })

  it('says nothing of deltas that are known to be cumulative', () => {
    expect(calls(['He', 'Hello', 'Hello wo', 'Hello world'], 'replace')).toBe(0)
  })
})
