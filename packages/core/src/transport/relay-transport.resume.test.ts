import { afterEach, describe, expect, it, vi } from 'vitest'
import { settled } from '../__fixtures__/hand-transport.ts'
import { jsonOf, streamOf, stubFetch } from '../__fixtures__/stub-fetch.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { relayTransport, type RelayTransportOptions } from './relay-transport.ts'
import type { EventBatches, RunCursor, Transport } from './transport.ts'

const url = '/api/fluo'
const request: RunRequest = {
  runId: 'run-1',
  agentId: 'a',
  threadRef: null,
  input: { query: 'Hi' },
}
const cursor: RunCursor = { runId: 'run-1', agentId: 'a', after: '7' }
const hello = 'id: 8\ndata: {"type":"message_final","text":"Hello"}\n\n'
const done = 'data: {"type":"run_end","end":"done"}\n\n'

afterEach(() => void vi.useRealTimers())

function marked(texts: readonly string[], options?: Parameters<typeof streamOf>[1]): Response {
  const response = streamOf(texts, options)
  response.headers.set('fluokit-run-end', 'marked')
  return response
}

const calls = {
  start: (transport: Transport, signal: AbortSignal) => transport.start(request, signal),
  resume: (transport: Transport, signal: AbortSignal) =>
    transport.resume?.(cursor, signal) ?? transport.start(request, signal),
}

/** What a call brings: its events, and then how it ended, or the facts of what it threw. */
async function told(
  how: keyof typeof calls,
  options: Partial<RelayTransportOptions>,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly unknown[]> {
  const seen: unknown[] = []
  async function* all(): EventBatches {
    seen.push({ end: yield* calls[how](relayTransport({ url, ...options }), signal) })
  }
  try {
    for await (const batch of all())
      seen.push(batch.map(({ cursor: at, event }) => [at, event.type]))
  } catch (thrown) {
    seen.push((thrown as { error?: unknown }).error)
  }
  return seen
}

describe('relayTransport, a resume', () => {
  it('posts the cursor, says that the run is found, and brings what lies behind it', async () => {
    const { fetch, calls: posted } = stubFetch(marked([hello, done]))

    expect(await told('resume', { fetch })).toEqual([
      [],
      [['8', 'message_final']],
      [],
      { end: 'done' },
    ])
    expect(posted.map(({ body }) => body)).toEqual([
      { op: 'resume', runId: 'run-1', agentId: 'a', after: '7' },
    ])
    expect(posted[0]).toMatchObject({ url, init: { method: 'POST', redirect: 'manual' } })
  })

  it('throws empty for a run that the relay does not know', async () => {
    const { fetch } = stubFetch(new Response(null, { status: 204 }))

    expect(await told('resume', { fetch })).toEqual([{ code: 'empty', status: 204 }])
  })

  it('asks again once after a 401, with fresh headers (F67)', async () => {
    const { fetch, calls: posted } = stubFetch(
      jsonOf(401, { error: { code: 'unauthorized' } }),
      marked([done]),
    )

    expect(await told('resume', { fetch, onUnauthorized: async () => true })).toContainEqual({
      end: 'done',
    })
    expect(posted).toHaveLength(2)
    expect(posted[1]?.body).toEqual(posted[0]?.body)
  })

  it('is given up as lost when no answer comes at all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const fetch: typeof globalThis.fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      })
    const telling = told('resume', { fetch })

    await settled()
    vi.advanceTimersByTime(30_000)

    expect(await telling).toEqual([{ code: 'network' }])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe.each(['start', 'resume'] as const)(
  'relayTransport, the mark at the end of a %s',
  (how) => {
    const found = how === 'resume' ? [[]] : []

    it.each(['done', 'stopped', 'interrupted', 'failed', 'unknown'])(
      'is what the iterator returns: %s',
      async (end) => {
        const { fetch } = stubFetch(marked([`${hello}data: {"type":"run_end","end":"${end}"}\n\n`]))

        expect(await told(how, { fetch })).toEqual([...found, [['8', 'message_final']], { end }])
      },
    )

    it('is looked for where the header says that it comes: without it the answer was cut (F03)', async () => {
      const { fetch } = stubFetch(marked([hello]))

      expect(await told(how, { fetch })).toEqual([
        ...found,
        [['8', 'message_final']],
        { code: 'network' },
      ])
    })

    it('is not missed where no header promised it', async () => {
      const { fetch } = stubFetch(streamOf([hello]))

      expect(await told(how, { fetch })).toEqual([
        ...found,
        [['8', 'message_final']],
        { end: undefined },
      ])
    })

    it('is never an event, also where a proxy has taken the header away', async () => {
      const { fetch } = stubFetch(streamOf([hello + done]))

      expect(await told(how, { fetch })).toEqual([
        ...found,
        [['8', 'message_final']],
        { end: 'done' },
      ])
    })
  },
)

describe('relayTransport, a wire that is silent', () => {
  /** A body that brings a comment whenever it is told to. */
  function spoken(headers: Record<string, string>) {
    let speak: () => void = () => undefined
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        speak = () => controller.enqueue(new TextEncoder().encode(': keep-alive\n\n'))
      },
    })
    const fetch = async (): Promise<Response> =>
      new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } })
    return { fetch, speak: () => speak() }
  }

  it('is dropped as lost half a minute after the last byte, comments included (F06)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { fetch, speak } = spoken({ 'fluokit-run-end': 'marked' })
    let isOver = false
    const telling = told('start', { fetch }).finally(() => (isOver = true))
    for (let comment = 0; comment < 10; comment += 1) {
      await settled()
      vi.advanceTimersByTime(29_000)
      speak()
    }
    await settled()
    vi.advanceTimersByTime(29_999)
    await settled()
    expect(isOver).toBe(false)

    vi.advanceTimersByTime(1)

    expect((await telling).at(-1)).toEqual({ code: 'network' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each<[string, Record<string, string>, Partial<RelayTransportOptions>]>([
    ['a relay that cannot be resumed', {}, {}],
    ['an application that says so', { 'fluokit-run-end': 'marked' }, { dropAfterMs: 0 }],
  ])('is left alone behind %s', async (_, headers, options) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { fetch, speak } = spoken(headers)
    const leaving = new AbortController()
    const telling = told('start', { fetch, ...options }, leaving.signal)
    await settled()
    speak()
    await settled()

    vi.advanceTimersByTime(1_000_000)
    await settled()
    speak()
    await settled()
    leaving.abort()

    expect(await telling).toEqual([[], [], { end: undefined }])
  })
})
