import { describe, expect, it } from 'vitest'
import { jsonOf, stubFetch } from '../__fixtures__/stub-fetch.ts'
import { relayUploads, type RelayUploadsOptions } from './relay-uploads.ts'
import type { PutFault, UploadTransport } from './upload-transport.ts'

const file = new File(['hello'], 'a.txt', { type: 'text/plain' })
const request = { name: 'a.txt', mediaType: 'text/plain', size: 5 }
const direct = {
  ref: '2.k.ref',
  url: 'https://store.example/a?sig=1',
  ticket: null,
  headers: { 'content-type': 'text/plain', 'x-store-class': 'short' },
}
const relayed = { ...direct, url: null, ticket: '2.k.ticket', headers: {} }
const { signal } = new AbortController()
const how = { signal, onProgress: () => undefined }
const empty =
  (status: number): (() => Response) =>
  () =>
    new Response(null, { status })

function open(
  answers: readonly (Response | Error | (() => Response))[],
  options: Partial<RelayUploadsOptions> = {},
): { readonly uploads: UploadTransport; readonly calls: ReturnType<typeof stubFetch>['calls'] } {
  const { fetch, calls } = stubFetch(...answers)
  const headers = (): HeadersInit => ({ authorization: 'Bearer own' })
  return { uploads: relayUploads({ url: '/api/fluo', headers, fetch, ...options }), calls }
}

async function thrownBy(work: Promise<unknown>): Promise<Record<string, unknown>> {
  return work.then(
    () => ({ nothing: true }),
    (reason: unknown) => reason as Record<string, unknown>,
  )
}

describe('relayUploads', () => {
  it('asks the one URL for a place, with nothing of the file in it', async () => {
    const { uploads, calls } = open([jsonOf(200, direct)])

    expect(await uploads.request(request, signal)).toEqual(direct)
    expect(calls).toMatchObject([
      { url: '/api/fluo', body: { op: 'upload', ...request }, init: { method: 'POST' } },
    ])
  })

  it('asks one at a time until it was answered: a visitor without a cookie is somebody else in each call', async () => {
    const answers: ((response: Response) => void)[] = []
    const held: typeof fetch = () => new Promise((resolve) => answers.push(resolve))
    const uploads = relayUploads({ url: '/api/fluo', fetch: held })
    const turn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 0))

    const asked = [1, 2, 3].map(async () => uploads.request(request, signal))
    await turn()
    expect(answers).toHaveLength(1)
    answers[0]?.(jsonOf(500, {}))
    await thrownBy(asked[0] ?? Promise.resolve())
    await turn()
    expect(answers).toHaveLength(2)
    answers[1]?.(jsonOf(200, direct))
    await asked[1]
    await turn()
    const later = uploads.view('r', signal)
    await turn()
    expect(answers).toHaveLength(4)
    answers[2]?.(jsonOf(200, direct))
    answers[3]?.(jsonOf(200, { url: 'https://store.example/a' }))
    await Promise.all([...asked.slice(2), later])
  })

  it('puts bytes to the storage with its headers only: no cookie, none of the application (T35)', async () => {
    const { uploads, calls } = open([empty(200)], { credentials: 'include' })

    await uploads.put(direct, file, how)

    const [call] = calls
    expect(call).toMatchObject({
      url: direct.url,
      body: file,
      init: { method: 'PUT', credentials: 'omit', redirect: 'manual' },
    })
    expect(Object.fromEntries(call?.headers ?? [])).toEqual(direct.headers)
  })

  it('puts bytes to the relay with its ticket, as the application calls it', async () => {
    const { uploads, calls } = open([empty(204)])

    await uploads.put(relayed, file, how)

    expect(calls).toMatchObject([{ url: '/api/fluo', body: file, init: { method: 'PUT' } }])
    expect(Object.fromEntries(calls[0]?.headers ?? [])).toEqual({
      authorization: 'Bearer own',
      'content-type': 'application/octet-stream',
      'fluokit-upload': '2.k.ticket',
    })
  })

  it.each([undefined, 'same-origin', 'include', 'omit'] as const)(
    'puts bytes to the relay as whom it asked for their place, with the credentials "%s"',
    async (credentials) => {
      const { uploads, calls } = open(
        [jsonOf(200, relayed), empty(204)],
        credentials && { credentials },
      )

      await uploads.put(await uploads.request(request, signal), file, how)

      const [asked, put] = calls.map(({ init }) => init.credentials)
      expect(asked).toBe(credentials ?? 'same-origin')
      expect(put).toBe(asked)
    },
  )

  it.each([400, 401, 403, 410])(
    'takes a %d of the storage for a place that expired (F77)',
    async (status) => {
      const { uploads } = open([empty(status)])

      expect(await thrownBy(uploads.put(direct, file, how))).toMatchObject({
        status,
        isExpired: true,
      })
    },
  )

  it.each([404, 413, 302])('takes a %d of the storage for a refusal', async (status) => {
    const { uploads } = open([empty(status)])
    const fault = (await thrownBy(uploads.put(direct, file, how))) as unknown as PutFault

    expect(fault).toMatchObject({ status, isExpired: false })
    expect(fault.message).not.toContain('store.example')
  })

  it.each([500, 503])('takes a %d of the storage for a lost connection', async (status) => {
    const { uploads } = open([empty(status)])

    expect(await thrownBy(uploads.put(direct, file, how))).toMatchObject({
      error: { code: 'network', status },
    })
  })

  it('takes a 410 of the relay for a place that expired, and reads its other refusals (F77)', async () => {
    const { uploads } = open([
      jsonOf(410, { error: { code: 'file-gone' } }),
      jsonOf(413, { error: { code: 'too-large' } }),
    ])

    expect(await thrownBy(uploads.put(relayed, file, how))).toMatchObject({ isExpired: true })
    expect(await thrownBy(uploads.put(relayed, file, how))).toMatchObject({
      error: { code: 'too-large', status: 413 },
    })
  })

  it('calls the relay again once there are fresh credentials, also with the bytes', async () => {
    const refused = (): Response => jsonOf(401, { error: { code: 'unauthorized' } })
    const onUnauthorized = (): Promise<boolean> => Promise.resolve(true)
    const { uploads, calls } = open([refused, jsonOf(200, relayed), refused, empty(204)], {
      onUnauthorized,
    })

    await uploads.put(await uploads.request(request, signal), file, how)

    expect(calls.map(({ init }) => init.method)).toEqual(['POST', 'POST', 'PUT', 'PUT'])
  })

  it.each([
    ['no JSON', () => new Response('<html>')],
    ['JSON of another kind', jsonOf(200, { ok: true })],
  ])('does not take %s for a place or a view', async (_, answer) => {
    const again = typeof answer === 'function' ? answer : (): Response => answer.clone()
    const { uploads } = open([again])

    for (const work of [uploads.request(request, signal), uploads.view('r', signal)]) {
      expect(await thrownBy(work)).toMatchObject({ name: 'FluoFault' })
    }
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'blob:x'])(
    'takes no view URL such as %s',
    async (url) => {
      const { uploads } = open([jsonOf(200, { url })])

      expect(await thrownBy(uploads.view('r', signal))).toMatchObject({
        error: { code: 'upstream' },
      })
    },
  )

  it('asks for a view by the ref, which is in no URL', async () => {
    const { uploads, calls } = open([jsonOf(200, { url: 'https://store.example/a' })])

    expect(await uploads.view('2.k.ref', signal)).toBe('https://store.example/a')
    expect(calls).toMatchObject([{ url: '/api/fluo', body: { op: 'view', ref: '2.k.ref' } }])
  })

  it('rejects with the reason of whoever leaves (F76)', async () => {
    const { uploads } = open([new Error('aborted')])
    const leaving = new AbortController()
    leaving.abort(new Error('left'))

    expect(
      await thrownBy(uploads.put(direct, file, { ...how, signal: leaving.signal })),
    ).toMatchObject({
      message: 'left',
    })
  })
})
