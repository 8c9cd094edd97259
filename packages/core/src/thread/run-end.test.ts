import { describe, expect, it } from 'vitest'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { fold } from './fold.ts'
import { endOfStream, endRun, isOpen, isSettled } from './run-end.ts'
import { emptyRun, type Run } from './thread-state.ts'

const delta: FluoEvent = { type: 'message_delta', text: 'a' }
const final: FluoEvent = { type: 'message_final', text: 'a' }
const toolStart: FluoEvent = { type: 'tool_start', callId: 'c1', name: 'calc' }
const toolEnd: FluoEvent = { type: 'tool_end', callId: 'c1' }

const runOf = (...events: readonly FluoEvent[]): Run => events.reduce(fold, emptyRun('run'))

describe('endOfStream', () => {
  it.each<[string, 'done' | 'interrupted', readonly FluoEvent[]]>([
    ['after a final', 'done', [delta, final]],
    ['after a final without deltas', 'done', [final]],
    ['after an empty final', 'done', [{ type: 'message_final' }]],
    ['after a tool that ended inside the message', 'done', [toolStart, toolEnd, delta, final]],
    [
      'after text, final, tool, text, final',
      'done',
      [delta, final, toolStart, toolEnd, delta, final],
    ],
    [
      'after an unknown event behind the final',
      'done',
      [final, { type: 'unknown', event: 'x', raw: '' }],
    ],
    ['after a run_start behind the final', 'done', [final, { type: 'run_start' }]],
    ['after a tool_end behind the final', 'done', [toolStart, final, toolEnd]],
    ['without a final', 'interrupted', [delta]],
    ['in the second message', 'interrupted', [final, { type: 'message_delta', text: 'b' }]],
    ['with a tool that never ended', 'interrupted', [toolStart, final]],
    ['with tools only', 'interrupted', [toolStart, toolEnd]],
    ['with thinking only', 'interrupted', [{ type: 'thinking_part', text: 'hm' }]],
    ['with a run_start only', 'interrupted', [{ type: 'run_start' }]],
    ['with an unknown event only', 'interrupted', [{ type: 'unknown', event: 'x', raw: '' }]],
  ])('%s is %s', (_, end, events) => {
    expect(endOfStream(runOf(...events), 'message-final')).toBe(end)
  })

  it.each<[readonly FluoEvent[]]>([[[delta]], [[toolStart, toolEnd]], [[toolStart]], [[]]])(
    'is done for an agent that promises no final, after %j',
    (events) => {
      expect(endOfStream(runOf(...events), 'end-of-stream')).toBe('done')
    },
  )
})

describe('endRun', () => {
  it('closes running tool calls as unfinished and leaves ended ones as they are (F41)', () => {
    const run = runOf(toolStart, toolEnd, { type: 'tool_start', callId: 'c2' }, final)

    const ended = endRun(run, 'interrupted', { code: 'network' })

    expect(ended).toMatchObject({ end: 'interrupted', error: { code: 'network' } })
    expect(ended.messages[0]?.parts).toMatchObject([
      { id: 'c1', status: 'done' },
      { id: 'c2', status: 'unfinished' },
      { type: 'text' },
    ])
    expect(ended.messages[0]?.parts[0]).toBe(run.messages[0]?.parts[0])
  })

  it('ends a run once', () => {
    const ended = endRun(runOf(final), 'done')

    expect(endRun(ended, 'failed', { code: 'network' })).toBe(ended)
  })

  it('keeps the messages of a run without open calls as they are', () => {
    const run = runOf(delta, final)

    expect(endRun(run, 'stopped').messages).toBe(run.messages)
  })
})

describe('isSettled', () => {
  it('is false before anything came, and isOpen is as well', () => {
    expect(isSettled(emptyRun('run'))).toBe(false)
    expect(isOpen(emptyRun('run'))).toBe(false)
  })
})
