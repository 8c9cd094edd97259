import { describe, expect, it } from 'vitest'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { fold } from './fold.ts'
import { stampTimes } from './stamp-times.ts'
import { emptyRun, type Run } from './thread-state.ts'

const delta = (text: string): FluoEvent => ({ type: 'message_delta', text })
const thought = (text: string): FluoEvent => ({ type: 'thinking_part', text })
const tool = (type: 'tool_start' | 'tool_end', callId: string): FluoEvent => ({
  type,
  callId,
  name: 'sum',
})

/** The run after these events, each a second after the one before. */
function play(...events: readonly FluoEvent[]): Run {
  let run = emptyRun('run')
  events.forEach((event, index) => {
    run = stampTimes(run, fold(run, event), event, (index + 1) * 1000)
  })
  return run
}

/** Each part as `id: started-ended`. */
const timesOf = (run: Run): readonly string[] =>
  run.messages.flatMap(({ parts }) =>
    parts.map((part) => {
      const ended = part.type === 'tool-call' ? (part.endedAt ?? '') : ''
      return `${part.type} ${part.startedAt}-${ended}`
    }),
  )

describe('stampTimes', () => {
  it('says when each message and each part began', () => {
    const run = play(thought('Hm'), delta('Yes'), delta(' and no'))

    expect(timesOf(run)).toEqual(['thinking 1000-', 'text 2000-'])
    expect(run.messages.map(({ startedAt }) => startedAt)).toEqual([1000])
  })

  it('says when each call ended, whatever came between', () => {
    const run = play(
      tool('tool_start', 'a'),
      tool('tool_start', 'b'),
      delta('While they run'),
      tool('tool_end', 'a'),
      tool('tool_end', 'b'),
    )

    expect(timesOf(run)).toEqual(['tool-call 1000-4000', 'tool-call 2000-5000', 'text 3000-'])
  })

  it('gives a call that ends without a start one moment, and one that never ends no end', () => {
    expect(timesOf(play(tool('tool_end', 'a')))).toEqual(['tool-call 1000-1000'])
    expect(timesOf(play(tool('tool_start', 'a'), delta('x')))).toEqual([
      'tool-call 1000-',
      'text 2000-',
    ])
  })

  it('says when a call ended that stands in an earlier message', () => {
    const run = play(
      tool('tool_start', 'a'),
      { type: 'message_final', text: 'First.' },
      tool('tool_end', 'a'),
    )

    expect(timesOf(run)[0]).toBe('tool-call 1000-3000')
  })

  it('keeps the moments when the final text settles, and everything untouched its identity', () => {
    const before = play(delta('One'), tool('tool_start', 'a'), tool('tool_end', 'a'), delta('Two'))
    const event = { type: 'message_final', text: 'OneThree' } as const
    const after = stampTimes(before, fold(before, event), event, 9)

    expect(timesOf(after)).toEqual(['text 1000-', 'tool-call 2000-3000', 'text 4000-'])
    expect(after.messages[0]?.parts.slice(0, 2)).toEqual(before.messages[0]?.parts.slice(0, 2))
    expect(after.messages[0]?.parts[1]).toBe(before.messages[0]?.parts[1])
  })

  it('says when a part began in a message that is open beside a later one', () => {
    const said = (messageId: string, text: string): FluoEvent => ({
      type: 'message_delta',
      messageId,
      text,
    })
    const run = play(
      { type: 'thinking_part', messageId: 'a', text: 'Hm' },
      said('b', 'Beside'),
      said('a', 'Yes'),
      said('a', ' and no'),
    )

    expect(timesOf(run)).toEqual(['thinking 1000-', 'text 3000-', 'text 2000-'])
  })

  it('gives back the same run for an event that says nothing new or only makes a part grow', () => {
    const run = play(delta('One'))
    const grown = fold(run, delta(' more'))

    expect(stampTimes(run, run, delta(''), 5)).toBe(run)
    expect(stampTimes(run, grown, delta(' more'), 5)).toBe(grown)
  })
})
