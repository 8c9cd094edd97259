import { describe, expect, it } from 'vitest'
import { inPieces } from '../__fixtures__/fake-upstream.ts'
import {
  call,
  eventsOf,
  handleOf,
  rawThread,
  start,
  testRelay,
} from '../__fixtures__/test-relay.ts'

const piece = (event: string, data: string): string => `event: ${event}\ndata: ${data}\n\n`
const runStart = piece('run_start', `{"thread_id":"${rawThread}"}`)
const delta = piece('message_delta', '{"delta":"a"}')
const usage = (count: number): string =>
  piece('usage', `{"conversation":"${rawThread}","count":${count}}`)

/** What a browser has read of a run by the time that it ends. */
async function textOf(fetch: typeof globalThis.fetch, over = {}, limits = {}): Promise<string> {
  const { relay } = testRelay('http://127.0.0.1:1', { fetch, limits })
  return (await relay(call(start(over)))).text()
}

const shown = (text: string): readonly string[] =>
  eventsOf(text).map((event) =>
    event.type === 'unknown' ? event.raw : event.type === 'error' ? event.error.code : event.type,
  )
const masked = (count: number): string => `{"conversation":"[hidden]","count":${count}}`

describe('holdUnknown', () => {
  it('holds unknown events of a new thread until its ID is known, and delays no others', async () => {
    const text = await textOf(inPieces([usage(1), delta, usage(2), runStart, usage(3), delta]))

    expect(text).not.toContain(rawThread)
    expect(shown(text)).toEqual([
      'message_delta',
      masked(1),
      masked(2),
      'run_start',
      masked(3),
      'message_delta',
    ])
    expect(text.match(/(?<=^id: )\d+/gm)).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  it('holds nothing on a thread that is continued', async () => {
    const threadRef = handleOf(await textOf(inPieces([runStart])))

    const text = await textOf(inPieces([usage(1), delta, runStart]), { threadRef })

    expect(shown(text)).toEqual([masked(1), 'message_delta', 'run_start'])
  })

  it('lets them go at the end of a run that shows no thread, masked by their keys', async () => {
    const labelled = piece('usage', `{"thread":{"id":"${rawThread}"},"count":1}`)
    const notice = piece('notice', `see ?thread_id=${rawThread}`)
    const final = piece('message_final', '{"text":"a"}')
    const decodeNothing = inPieces([notice, delta, piece('usage', '{"count":2}'), final])

    expect(shown(await textOf(decodeNothing))).toEqual([
      'message_delta',
      'message_final',
      'see ?thread_id=[hidden]',
      '{"count":2}',
    ])
    expect(await textOf(inPieces([labelled, final]))).not.toContain(rawThread)
    expect(shown(await textOf(inPieces([notice])))).toEqual(['[hidden]'])
  })

  it.each<[string, typeof fetch, object, readonly string[]]>([
    [
      'an error event',
      inPieces([usage(1), piece('error', '{"detail":"no"}')]),
      {},
      ['[hidden]', 'upstream'],
    ],
    [
      'an event over the limit',
      inPieces([usage(1), piece('usage', 'x'.repeat(300))]),
      { eventBytes: 200 },
      ['[hidden]', 'too-large'],
    ],
    ['a break', inPieces([delta, usage(1)], 'break'), {}, ['message_delta', '[hidden]']],
  ])(
    'lets them go before the end at %s, without what they say: the ID had not come yet (T08)',
    async (_, fetch, limits, events) => {
      const text = await textOf(fetch, {}, limits)

      expect(shown(text)).toEqual(events)
      expect(text.includes('interrupted')).toBe(_ === 'a break')
    },
  )

  it('counts what it holds as part of the run', async () => {
    const pieces = Array.from({ length: 10 }, (_, index) => piece('usage', `{"count":${index}}`))
    let pulled = 0
    const counted: typeof fetch = async (...request) => {
      const response = await inPieces(pieces)(...request)
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          pulled += 1
          controller.enqueue(chunk)
        },
      })
      return new Response(response.body?.pipeThrough(count), { headers: response.headers })
    }

    const text = await textOf(counted, {}, { runBytes: 50 })

    expect(shown(text).at(-1)).toBe('limit')
    expect(pulled).toBeLessThan(10)
  })
})
