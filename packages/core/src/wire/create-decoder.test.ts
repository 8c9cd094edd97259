import { describe, expect, it } from 'vitest'
import { createDecoder } from './create-decoder.ts'
import type { FluoEvent, SseMessage } from './fluo-event.ts'

const delta: SseMessage = { event: 'message_delta', data: '{"delta":"a"}', id: '7' }
const odd: SseMessage = { event: 'odd', data: 'words', id: '' }

describe('createDecoder', () => {
  it("is the kit's own reading without options", () => {
    expect(createDecoder({})(delta)).toEqual([{ type: 'message_delta', text: 'a' }])
  })

  it('lets an application wrap the reading (F26)', () => {
    const decode = createDecoder({
      decode: (message, next) =>
        message.event === 'odd'
          ? [{ type: 'message_final', text: message.data }]
          : next({ ...message, data: '{"delta":"changed"}' }),
    })

    expect(decode(odd)).toEqual([{ type: 'message_final', text: 'words' }])
    expect(decode(delta)).toEqual([{ type: 'message_delta', text: 'changed' }])
  })

  it('lets an application replace the reading and see the whole message', () => {
    const seen: SseMessage[] = []
    const decode = createDecoder({
      decode(message) {
        seen.push(message)
        return []
      },
    })

    expect(decode(delta)).toEqual([])
    expect(seen).toEqual([delta])
  })

  it("keeps a message as unknown when the application's reading throws, and reads on (F26)", () => {
    const decode = createDecoder({
      decode(message, next) {
        if (message.event === 'odd') throw new Error('what is this?')
        return next(message)
      },
    })

    expect(decode(odd)).toEqual([{ type: 'unknown', event: 'odd', raw: 'words' }])
    expect(decode(delta)).toEqual([{ type: 'message_delta', text: 'a' }])
  })

  it('marks cumulative deltas, and only deltas, as the whole text so far', () => {
    const decode = createDecoder({ deltas: 'cumulative' })

    expect(decode(delta)).toEqual([{ type: 'message_delta', text: 'a', mode: 'replace' }])
    expect(decode({ ...delta, event: 'message_final' })).toEqual([
      { type: 'message_final', text: 'a' },
    ])
    expect(decode({ ...delta, event: 'thinking_part' })).toEqual([
      { type: 'thinking_part', text: 'a' },
    ])
  })

  it("applies cumulative to the kit's reading inside the application's", () => {
    const decode = createDecoder({
      deltas: 'cumulative',
      decode: (message, next) => next(message),
    })

    expect(decode(delta)).toEqual([{ type: 'message_delta', text: 'a', mode: 'replace' }])
  })

  it.each([
    [JSON.parse('{"type":"error"}')],
    [JSON.parse('{"type":"nothing we know"}')],
    [JSON.parse('null')],
  ])('keeps the message raw for %j, which is no event', (made) => {
    const decode = createDecoder({ decode: () => [made as FluoEvent] })

    expect(decode(odd)).toEqual([{ type: 'unknown', event: 'odd', raw: 'words' }])
  })

  it('leaves out fields of the wrong type', () => {
    const made = JSON.parse('{"type":"message_delta","text":7,"mode":"append"}') as FluoEvent
    const decode = createDecoder({ decode: () => [made] })

    expect(decode(odd)).toEqual([{ type: 'message_delta', mode: 'append' }])
  })
})
