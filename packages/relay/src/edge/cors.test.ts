import { describe, expect, it } from 'vitest'
import { fakeUpstream, openStream, refuse, stream } from '../__fixtures__/fake-upstream.ts'
import { call, start, testRelay } from '../__fixtures__/test-relay.ts'
import { bring } from '../__fixtures__/uploads.ts'

const partner = 'https://www.partner.example'
const evil = 'https://evil.example'
const origins = [partner, 'http://localhost:5173']
const hello = stream('event: message_final\ndata: {"text":"Hello"}')

/** Every header of an answer that has to do with other origins. */
function corsOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
  )
}

const forPartner = {
  'access-control-allow-origin': partner,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'x-request-id, retry-after, fluokit-run-end',
  vary: 'origin',
}

function preflight(origin: string | null, asked?: string, method = 'POST'): Request {
  return new Request('http://app.example/api/fluo', {
    method: 'OPTIONS',
    headers: {
      ...(origin !== null && { origin }),
      'access-control-request-method': method,
      ...(asked !== undefined && { 'access-control-request-headers': asked }),
    },
  })
}

/** Calls that are answered in each way there is, by the status of their answer. */
const calls: readonly (readonly [number, Record<string, unknown> | string, object])[] = [
  [200, start(), {}],
  [204, { op: 'stop', runId: 'none', agentId: 'helper' }, {}],
  [401, start(), { 'x-user': 'nobody' }],
  [418, start(), { 'x-user': 'teapot' }],
  [403, start({ agentId: 'unlisted' }), {}],
  [404, start({ threadRef: 'x' }), {}],
  [413, start({ input: { query: 'x'.repeat(1024 * 1024) } }), {}],
  [415, start(), { 'content-type': 'text/plain' }],
  [422, '{', {}],
  [429, start({ input: { query: 'too often' } }), {}],
  [402, start({ input: { query: 'no money' } }), {}],
  [500, start(), { 'x-user': 'broken' }],
]

async function answers(headers: object, options = {}): Promise<readonly Response[]> {
  const upstream = await fakeUpstream((response, { body }) =>
    body.includes('too often')
      ? refuse(429, {}, { 'retry-after': '3' })(response)
      : hello(response),
  )
  const { relay } = testRelay(upstream.url, {
    authorize: (request) => {
      const userId = request.headers.get('x-user') ?? ''
      if (userId === 'broken') throw new Error('broken')
      if (userId === 'teapot')
        return new Response('no', { status: 418, headers: { vary: 'cookie' } })
      return userId === 'nobody' ? null : { userId }
    },
    beforeRun: ({ input }) =>
      input.query === 'no money' ? new Response(null, { status: 402 }) : undefined,
    ...options,
  })
  return Promise.all(
    calls.map(async ([status, body, more]) => {
      const asked = typeof body === 'string' ? body : { ...body, runId: `run-${status}` }
      return relay(call(asked, { ...headers, ...more }))
    }),
  )
}

describe('createCors', () => {
  it('says nothing of other origins where none is listed, and takes OPTIONS for what it is (T14)', async () => {
    const { relay } = testRelay('http://127.0.0.1:1')

    const asked = await relay(preflight(partner, 'content-type'))
    const given = await answers({ origin: 'http://app.example' })

    expect(given.map(({ status }) => status)).toEqual(calls.map(([status]) => status))
    expect(given.filter(({ status }) => status !== 418).map(corsOf)).toEqual(
      calls.filter(([status]) => status !== 418).map(() => ({})),
    )
    expect(asked.status).toBe(405)
    expect(corsOf(asked)).toEqual({})
    expect(asked.headers.get('allow')).toBe('POST')
  })

  it('lets a listed origin read every answer, also a refusal, and names it exactly (T14)', async () => {
    const given = await answers({ origin: partner, 'sec-fetch-site': 'cross-site' }, { origins })

    expect(given.map(({ status }) => status)).toEqual(calls.map(([status]) => status))
    for (const response of given) {
      const vary = response.status === 418 ? 'cookie, origin' : 'origin'
      expect(corsOf(response)).toEqual({ ...forPartner, vary })
    }
  })

  it('lets the stream of a listed origin through as it comes', async () => {
    const upstream = await fakeUpstream(openStream('event: message_delta\ndata: {"delta":"Hel"}'))
    const { relay } = testRelay(upstream.url, { origins })

    const response = await relay(call(start(), { origin: partner }))
    const reader = response.body?.getReader()
    const first = await reader?.read()

    expect(new TextDecoder().decode(first?.value)).toContain('"Hel"')
    await reader?.cancel()
  })

  it.each([
    evil,
    'null',
    'http://www.partner.example',
    'https://www.partner.example:444',
    'https://partner.example',
    'https://www.partner.example.evil.example',
    'HTTPS://WWW.PARTNER.EXAMPLE',
    '*',
  ])('lets %s read nothing and send nothing (T14)', async (origin) => {
    const { relay, log } = testRelay('http://127.0.0.1:1', { origins })

    const asked = await relay(preflight(origin, 'content-type'))
    const sent = await relay(call(start(), { origin, 'sec-fetch-site': 'cross-site' }))

    expect([asked.status, sent.status]).toEqual([405, 403])
    expect(corsOf(asked)).toEqual({ vary: 'origin' })
    expect(corsOf(sent)).toEqual({ vary: 'origin' })
    expect(log.at(-1)?.detail).toBe(`The relay's option origins does not list "${origin}".`)
  })

  it('answers the preflight of a listed origin, before it asks who it is (T14)', async () => {
    let asked = 0
    const { relay, log } = testRelay('http://127.0.0.1:1', {
      origins,
      authorize: () => {
        asked += 1
        return null
      },
    })

    const response = await relay(preflight(partner, 'content-type,x-csrf-token'))

    expect(response.status).toBe(204)
    expect(corsOf(response)).toEqual({
      ...forPartner,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, authorization, x-csrf-token',
      'access-control-max-age': '3600',
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect([asked, log]).toEqual([0, []])
  })

  it('allows PUT and its header where the bytes of files come to the relay, and lets a page read the answer (T14)', async () => {
    const uploads = { upload: 'relay' } as const
    const { relay } = testRelay('http://127.0.0.1:1', { origins, uploads })
    const asked = 'content-type,fluokit-upload'

    const response = await relay(preflight(partner, asked, 'PUT'))
    const stranger = await relay(preflight(evil, asked, 'PUT'))
    const put = await relay(bring('2.a.AAAA', 'a', { origin: partner }))

    expect(corsOf(response)).toEqual({
      ...forPartner,
      'access-control-allow-methods': 'POST, PUT',
      'access-control-allow-headers': 'content-type, authorization, fluokit-upload',
      'access-control-max-age': '3600',
    })
    expect(corsOf(stranger)).toEqual({ vary: 'origin' })
    expect([put.status, corsOf(put)]).toEqual([410, forPartner])
  })

  it('takes OPTIONS without a preflight for what it is, and a stranger for a stranger (T14)', async () => {
    const { relay } = testRelay('http://127.0.0.1:1', { origins })
    const plain = new Request('http://app.example/', {
      method: 'OPTIONS',
      headers: { origin: partner },
    })

    expect((await relay(plain)).status).toBe(405)
    expect((await relay(preflight(null, 'content-type'))).status).toBe(405)
  })

  it('allows no header that is none, and not any number of them (T14)', async () => {
    const { relay } = testRelay('http://127.0.0.1:1', { origins })
    const allowed = async (asked: string): Promise<string | null> =>
      (await relay(preflight(partner, asked))).headers.get('access-control-allow-headers')

    expect(await allowed('X-A, , *, x y, x:y, "x", 1x, x_y, X-B')).toBe(
      'content-type, authorization, x-a, x-b',
    )
    const many = Array.from({ length: 1000 }, (_, index) => `x-${index}`).join(',')
    expect((await allowed(many))?.split(', ')).toHaveLength(32)
    expect(await allowed(`x-${'y'.repeat(100)}`)).toBe('content-type, authorization')
  })
})
