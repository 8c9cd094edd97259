import { describe, expect, it } from 'vitest'
import { fakeUpstream, inPieces, openStream, stream } from '../__fixtures__/fake-upstream.ts'
import { call, endMark, eventsOf, start, testRelay } from '../__fixtures__/test-relay.ts'

const delta = (text: string): string => `event: message_delta\ndata: {"delta":"${text}"}`

describe('pumpFrames', () => {
  it.each([
    ['an event over the limit', { eventBytes: 100 }, [delta('x'.repeat(200))], 'too-large'],
    ['a run over the limit', { runBytes: 150 }, [delta('x'.repeat(200))], 'limit'],
    ['a silence over the limit', { idleMs: 20 }, [], 'stalled'],
  ])('ends %s with an error event', async (_, limits, more, code) => {
    const upstream = await fakeUpstream(openStream(delta('a'), ...more))
    const { relay, log } = testRelay(upstream.url, { limits })

    const response = await relay(call(start()))
    const events = eventsOf(await response.text())

    expect(events[0]).toEqual({ type: 'message_delta', text: 'a' })
    expect(events.at(-1)).toEqual({
      type: 'error',
      error: { code, requestId: response.headers.get('x-request-id') },
    })
    await upstream.requests[0]?.cut
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'failed', code })
  })

  it('sends what fits of the piece of bytes in which a run goes over its limit, and no more (F29)', async () => {
    const messages = [delta('a'), delta('b'), delta('x'.repeat(200)), delta('c')]
    const { relay, log } = testRelay('http://127.0.0.1:1', {
      fetch: inPieces([messages.map((message) => `${message}\n\n`).join('')]),
      limits: { runBytes: 150 },
    })

    const response = await relay(call(start()))

    const requestId = response.headers.get('x-request-id')
    expect(await response.text()).toBe(
      [
        'id: 1\ndata: {"type":"message_delta","text":"a"}\n\n',
        'id: 2\ndata: {"type":"message_delta","text":"b"}\n\n',
        `id: 3\ndata: {"type":"error","error":{"code":"limit","requestId":"${requestId}"}}\n\n`,
        endMark('failed'),
      ].join(''),
    )
    expect(log.at(-1)).toMatchObject({ event: 'run-end', end: 'failed', code: 'limit' })
  })

  it.each([1, 2, 3])(
    'sends a burst as a frame for each of %d pieces, and all of its text',
    async (count) => {
      const words = Array.from({ length: 120 }, (_, index) => `${index} `)
      const bytes = words.map((word) => `${delta(word)}\n\n`)
      const pieces = Array.from({ length: count }, (_, index) =>
        bytes.slice((index * 120) / count, ((index + 1) * 120) / count).join(''),
      )
      const { relay } = testRelay('http://127.0.0.1:1', { fetch: inPieces(pieces) })

      const events = eventsOf(await (await relay(call(start()))).text())

      expect(events).toHaveLength(count)
      expect(events.map((event) => ('text' in event ? event.text : '')).join('')).toBe(
        words.join(''),
      )
    },
  )

  it('sends of a burst in which a run goes over its limit each delta that fits (F29)', async () => {
    const bytes = Array.from({ length: 20 }, () => `${delta('a')}\n\n`).join('')
    const limits = { runBytes: 10 * '{"type":"message_delta","text":"a"}'.length }
    const { relay } = testRelay('http://127.0.0.1:1', {
      fetch: inPieces([bytes + delta('x'.repeat(400)) + '\n\n']),
      limits,
    })

    const events = eventsOf(await (await relay(call(start()))).text())

    expect(events.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 10 }, () => 'message_delta'),
      'error',
    ])
  })

  it('tells the log what an error event of Fluo says, and the browser its code', async () => {
    const upstream = await fakeUpstream(
      stream(delta('a'), 'event: error\ndata: {"status":429,"detail":"Tokens used up by Ann"}'),
    )
    const { relay, log } = testRelay(upstream.url)

    const text = await (await relay(call(start()))).text()

    expect(eventsOf(text).at(-1)).toMatchObject({ type: 'error', error: { code: 'rate-limited' } })
    expect(text).not.toContain('Tokens')
    expect(log.at(-1)).toMatchObject({
      event: 'run-end',
      end: 'failed',
      code: 'rate-limited',
      detail: 'Tokens used up by Ann',
    })
  })

  it('never lets text open an event of its own (T17)', async () => {
    const text = String.raw`a\r\rdata: {\"type\":\"error\"}\n\nid: 9\u2028`
    const upstream = await fakeUpstream(stream(delta(text)))
    const { relay } = testRelay(upstream.url)

    const answer = await (await relay(call(start()))).text()

    expect(eventsOf(answer)).toEqual([
      { type: 'message_delta', text: 'a\r\rdata: {"type":"error"}\n\nid: 9\u2028' },
    ])
    expect(answer.split('\n')).toHaveLength(6)
  })

  it('applies a decoder of the application and cumulative deltas', async () => {
    const upstream = await fakeUpstream(stream('event: strange\ndata: hello', delta('Hello')))
    const { relay } = testRelay(upstream.url, {
      deltas: 'cumulative',
      decode: (message, next) =>
        message.event === 'strange'
          ? [{ type: 'thinking_part', text: message.data }]
          : next(message),
    })

    expect(eventsOf(await (await relay(call(start()))).text())).toEqual([
      { type: 'thinking_part', text: 'hello' },
      { type: 'message_delta', text: 'Hello', mode: 'replace' },
    ])
  })
})
