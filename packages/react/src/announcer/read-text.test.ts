import { emptyRun, fold, type FluoEvent, type Run } from '@fluokit/core'
import { describe, expect, it } from 'vitest'
import { readTexts, textEnd, textStart, type TextPlace } from './read-text.ts'

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

function readText(run: Run, from: TextPlace): string {
  return readTexts(run, from).join('')
}

describe('readTexts', () => {
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

  it('reads two messages that grow by turns, each by itself', () => {
    const say = (messageId: string, text: string): FluoEvent => ({
      type: 'message_delta',
      messageId,
      text,
    })
    const before = [say('a', 'One '), say('b', 'Two ')].reduce(fold, emptyRun('run'))

    const after = [say('a', 'and one'), say('b', 'and two')].reduce(fold, before)

    expect(readTexts(after, textStart)).toEqual(['One and one', 'Two and two'])
    expect(readTexts(after, textEnd(before))).toEqual(['and one', 'and two'])
  })

  it('reads nothing of a text that became shorter', () => {
    const run = fold(emptyRun('run'), { type: 'message_delta', text: 'One\ntwo\nthree' })
    const shorter = fold(run, { type: 'message_final', text: 'Two' })

    expect(readText(shorter, textEnd(run))).toBe('')
  })
})
