import { emptyRun, fold, type FluoEvent, type Run } from '@fluokit/core'
import { describe, expect, it } from 'vitest'
import { readText, textEnd, textStart } from './read-text.ts'

const events: readonly FluoEvent[] = [
  { type: 'message_delta', text: 'One' },
  { type: 'message_delta', text: ' line\nand ' },
  { type: 'thinking_part', text: 'hmm' },
  { type: 'message_delta', text: 'another' },
  { type: 'tool_start', callId: 'call', name: 'sum' },
  { type: 'tool_end', callId: 'call', output: 3 },
  { type: 'message_delta', text: 'three.' },
  { type: 'message_final' },
  { type: 'message_delta', text: 'More' },
]
const whole = 'One line\nand \nanother\nthree.\nMore'

describe('readText', () => {
  it('reads the text of all parts and messages, each part a line of its own', () => {
    expect(readText(events.reduce(fold, emptyRun('run')), textStart)).toBe(whole)
  })

  it('reads the same in any number of steps', () => {
    for (let step = 1; step <= events.length; step += 1) {
      let run: Run = emptyRun('run')
      let place = textStart
      let text = ''
      events.forEach((event, index) => {
        run = fold(run, event)
        if (index % step !== 0 && index < events.length - 1) return
        text += readText(run, place)
        place = textEnd(run)
      })
      expect(text).toBe(whole)
    }
  })

  it('reads nothing of a text that became shorter', () => {
    const run = fold(emptyRun('run'), { type: 'message_delta', text: 'One\ntwo\nthree' })
    const shorter = fold(run, { type: 'message_final', text: 'Two' })

    expect(readText(shorter, textEnd(run))).toBe('')
  })
})
