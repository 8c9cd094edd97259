import { describe, expect, it } from 'vitest'
import { redactStream } from './redact-stream.ts'
import { safeNames } from './safe-names.ts'

const isSafe = safeNames([], new Set())
const redact = (text: string): string => redactStream(text, isSafe)

describe('redactStream', () => {
  it.each(['\n', '\r\n', '\r'])('keeps the framing with line ends of its own (%j)', (end) => {
    const stream = [
      ': ping - 12:00',
      'retry: 3000',
      'id: 7f3a',
      'event:tool_end',
      'data:one two',
      'data: three',
      'data',
      '',
      ':',
      'note: x1',
      '',
      'data: cut',
    ].join(end)
    expect(redact(`\uFEFF${stream}`)).toBe(
      '\uFEFF' +
        [
          ': comment',
          'retry: 3000',
          'id: id-1',
          'event:tool_end',
          'data:text',
          'data: text',
          'data',
          '',
          ':',
          'field: text',
          '',
          'data: text',
        ].join(end),
    )
  })

  it('gives equal IDs the same placeholder, and IDs that differ another', () => {
    const data = (a: string, b: string): string => `data: {"thread_id":"${a}","run_id":"${b}"}\n\n`
    expect(redact(data('t-1', 'r-1') + data('t-1', 'r-2'))).toBe(
      data('id-1', 'id-2') + data('id-1', 'id-3'),
    )
  })

  it('keeps types, nulls, booleans, emptiness and the spaces that join deltas', () => {
    expect(
      redact(
        'data: {"type":"message_delta","text":" hi ","a":null,"b":true,"c":"","d":[],"e":0}\n\n',
      ),
    ).toBe(
      'data: {"type":"message_delta","text":" text ","a":null,"b":true,"c":"","d":[],"e":0}\n\n',
    )
  })

  it('replaces text by length: a word, a sentence, more', () => {
    const long = (length: number): string =>
      redact(`data: ${JSON.stringify({ text: 'a b '.repeat(length) })}\n\n`)
    expect([2, 20, 200].map((length) => long(length).match(/text\b(?!")/g)?.length)).toEqual([
      1, 4, 40,
    ])
  })

  it('goes into JSON that stands in a string, and closes the keys that tools choose', () => {
    expect(redact('data: {"args":"{\\"patient\\":\\"Jane Doe\\",\\"type\\":\\"flu\\"}"}\n\n')).toBe(
      'data: {"args":"{\\"key-1\\":\\"text\\",\\"type\\":\\"text\\"}"}\n\n',
    )
  })

  it('counts numbers, so that none stays as it was', () => {
    expect(redact('data: {"created":1732345678,"at":1732345678,"x":4.2,"status":429}\n\n')).toBe(
      'data: {"created":1,"at":1,"x":2,"status":429}\n\n',
    )
  })

  it('keeps JSON over several lines JSON, and malformed JSON malformed', () => {
    expect(redact('data: {\ndata:  "text": "Jane"\ndata: }\n\n')).toBe(
      'data: {\ndata:  "text": "text"\ndata: }\n\n',
    )
    expect(redact('data: {"text": "Jane\n\n')).toBe('data: {"key": text\n\n')
    expect(redact('data: [DONE]\n\n')).toBe('data: [DONE]\n\n')
  })
})
