import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inPieces } from './__fixtures__/fake-upstream.ts'
import { apiKey, call, handleOf, projectId, start, testRelay } from './__fixtures__/test-relay.ts'
import type { RelayOptions } from './options/relay-options.ts'

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

/** A relay whose Fluo says hello on a thread, and what was sent to it. */
function watchedRelay(options: Partial<RelayOptions> = {}, thread = 'thread_1') {
  const sent: Sent[] = []
  const answer = inPieces([
    `event: run_start\ndata: ${JSON.stringify({ thread_id: thread })}\n\n`,
    'event: message_final\ndata: {"text":"Hello"}\n\n',
  ])
  const watched: typeof fetch = (url, init = {}) => {
    sent.push({ url: url as string, init })
    return answer(url, init)
  }
  return { ...testRelay('https://fluo.example', { fetch: watched, ...options }), sent }
}

const base = 'https://fluo.example/api/v1/agents/helper/stream/threads'
const ownHeaders = {
  'content-type': 'application/json',
  accept: 'text/event-stream',
  'x-project-id': projectId,
  'x-api-key': apiKey,
}
const inputNames = ['query', 'documents', 'images', 'audios', 'contexts', 'metadata']

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'a\r\nx-api-key: mine',
    'a\n',
    '\r',
    '\0',
    'é',
    '€',
    '\u2028',
    '\ud800',
    '../..',
    '%2f',
  ),
)
const json = fc.jsonValue({ maxDepth: 3 })
const headerValue = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
})
const headers = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'x-api-key',
      'x-project-id',
      'authorization',
      'cookie',
      'host',
      'accept',
      'x-forwarded-for',
      'forwarded',
      'referer',
      'user-agent',
      'content-encoding',
      'transfer-encoding',
      'x-http-method-override',
      'traceparent',
    ),
    fc.stringMatching(/^x-[a-z]{1,8}$/),
  ),
  headerValue,
)
const input = fc.record(
  {
    query: text,
    documents: fc.array(fc.constant('https://files.example/a.pdf'), { maxLength: 3 }),
    contexts: fc.array(text, { maxLength: 3 }),
    metadata: fc.dictionary(text, json),
  },
  { requiredKeys: ['query'] },
)
const unknownName = fc
  .oneof(
    text,
    fc.constantFrom(
      'thread_id',
      'threadId',
      'project',
      'apiKey',
      'headers',
      'url',
      'baseUrl',
      'stream',
      'agent_id',
      'Query',
      'constructor',
      '__proto__',
    ),
  )
  .filter((name) => ![...inputNames, 'op', 'runId', 'agentId', 'threadRef', 'input'].includes(name))

/** An object with one more member, also where it is called `__proto__`. */
function withMember(object: object, name: string, value: unknown): object {
  return Object.fromEntries([...Object.entries(object), [name, value]])
}

async function statusOf(relay: (request: Request) => Promise<Response>, body: unknown) {
  const response = await relay(call(body))
  await response.text()
  return response.status
}

describe('createRelay', () => {
  it('builds the request to Fluo from nothing, whatever headers a browser sends (T12)', async () => {
    await fc.assert(
      fc.asyncProperty(headers, input, async (sentHeaders, sentInput) => {
        const { relay, sent } = watchedRelay({ fileHosts: ['files.example'] })
        const { 'x-user': _user, ...others } = sentHeaders

        const response = await relay(call(start({ input: sentInput }), others))
        await response.text()

        expect(response.status).toBe(200)
        expect(sent).toHaveLength(1)
        const [{ url, init } = { url: '', init: {} }] = sent
        const { body, signal, ...rest } = init
        expect(url).toBe(base)
        expect(rest).toEqual({ method: 'POST', headers: ownHeaders, redirect: 'manual' })
        expect(signal).toBeInstanceOf(AbortSignal)
        expect(JSON.parse(body as string)).toEqual(JSON.parse(JSON.stringify(sentInput)))
      }),
    )
  })

  it('refuses a member that it does not know, at each place of a body, and asks Fluo nothing (T12)', async () => {
    await fc.assert(
      fc.asyncProperty(input, unknownName, json, async (known, name, value) => {
        const { relay, sent } = watchedRelay()
        const file = { name: 'a', mediaType: 'b', size: 1, ref: 'r' }
        const { documents: _documents, ...plain } = known

        const statuses = [
          await statusOf(relay, withMember(start({ input: plain }), name, value)),
          await statusOf(relay, start({ input: withMember(plain, name, value) })),
          await statusOf(
            relay,
            start({ input: { ...plain, images: [withMember(file, name, value)] } }),
          ),
          await statusOf(
            relay,
            withMember({ op: 'stop', runId: 'r', agentId: 'helper' }, name, value),
          ),
        ]

        expect(statuses).toEqual([422, 422, 422, 422])
        expect(sent).toEqual([])
      }),
    )
  })

  it('takes any JSON for what it is, and asks Fluo nothing of it (T12)', async () => {
    const anything = fc.oneof(
      json,
      fc.record({ op: fc.constantFrom('start', 'stop'), runId: json, agentId: json, input: json }),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const { relay, sent } = watchedRelay()

        const status = await statusOf(relay, body)

        expect(status).toBeGreaterThanOrEqual(403)
        expect(status).toBeLessThan(500)
        expect(sent).toEqual([])
      }),
    )
  })

  it('lets what beforeRun sets win over metadata of the same names (T12)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, json), async (metadata) => {
        const { relay, sent } = watchedRelay({
          beforeRun: ({ userId }) => ({ metadata: { plan: 'paid', user: userId } }),
        })

        await statusOf(
          relay,
          start({ input: { query: 'a', metadata: { ...metadata, plan: 'x' } } }),
        )

        const { metadata: given } = JSON.parse(sent[0]?.init.body as string) as {
          metadata: unknown
        }
        expect(given).toMatchObject({ plan: 'paid', user: 'ann' })
      }),
    )
  })

  it('hands on a question of any length whose body is within limits.bodyBytes (T15)', async () => {
    const bodyBytes = 2000
    const bare = JSON.stringify(start({ runId: 'run-0000', input: { query: '' } })).length
    const { relay, sent } = watchedRelay({ limits: { bodyBytes } })
    const asked = (bytes: number) =>
      statusOf(relay, start({ runId: `run-${bytes}`, input: { query: 'x'.repeat(bytes - bare) } }))

    expect([await asked(1999), await asked(2000), await asked(2001)]).toEqual([200, 200, 413])
    expect(sent).toHaveLength(2)
  })

  it.each([
    '../helper',
    '..',
    '.',
    'helper/../other',
    'helper%2f..',
    '%2e%2e%2fhelper',
    'helper?thread_id=1',
    'helper#',
    'helper/',
    '/helper',
    'helper\\',
    'helper ',
    ' helper',
    'HELPER',
    'hеlper', // with a Cyrillic letter
    'ｈelper',
    'helper\u0000',
    'helper\n',
    'helper\u200b',
    'helper\ud800',
    '__proto__',
    'toString',
    '0',
  ])(
    'refuses the agent %j, which is not one of its list letter by letter (T11)',
    async (agentId) => {
      const { relay, sent } = watchedRelay()

      expect(await statusOf(relay, start({ agentId }))).toBe(403)
      expect(await statusOf(relay, { op: 'stop', runId: 'r', agentId })).toBe(403)
      expect(sent).toEqual([])
    },
  )

  it.each(['', null, 0, ['helper'], { id: 'helper' }])(
    'refuses the agent %j, which is no name (T11)',
    async (agentId) => {
      const { relay, sent } = watchedRelay()

      expect(await statusOf(relay, start({ agentId }))).toBe(422)
      expect(sent).toEqual([])
    },
  )

  it.each([
    ['a/../b', 'a%2F..%2Fb'],
    ['a%2fb', 'a%252fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['agént', 'ag%C3%A9nt'],
  ])('keeps the listed agent %s one piece of the path (T11)', async (agentId, encoded) => {
    const { relay, sent } = watchedRelay({ agents: [agentId] })

    expect(await statusOf(relay, start({ agentId }))).toBe(200)
    expect(sent[0]?.url).toBe(base.replace('helper', encoded))
  })

  it('answers every ID with a status and headers of its own, and asks nothing that is not whole (T16)', async () => {
    const ids = fc.record(
      { runId: text, agentId: text, threadRef: fc.option(text) },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(ids, async (over) => {
        const { relay, sent } = watchedRelay()

        const response = await relay(call(start(over)))
        await response.text()

        expect([200, 403, 404, 422]).toContain(response.status)
        for (const [name, value] of response.headers) {
          expect(`${name}: ${value}`).toMatch(/^[a-z-]+: [\x20-\x7e]+$/)
        }
        for (const { url, init } of sent) {
          expect(url).toBe(base)
          expect(init.headers).toEqual(ownHeaders)
        }
      }),
    )
  })

  it('asks for a thread by whatever ID Fluo gave it, as one value of the query (T16)', async () => {
    await fc.assert(
      fc.asyncProperty(
        text.filter((id) => id.trim() !== ''),
        async (thread) => {
          const { relay, sent } = watchedRelay({}, thread)
          const first = await (await relay(call(start()))).text()
          if (!first.includes('"threadRef"')) return

          await statusOf(relay, start({ runId: 'run-2', threadRef: handleOf(first) }))

          const url = new URL(sent[1]?.url ?? '')
          expect(url.origin + url.pathname).toBe(base)
          expect([...url.searchParams]).toEqual([['thread_id', thread]])
          expect(url.hash).toBe('')
        },
      ),
    )
  })
})
