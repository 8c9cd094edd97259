import type { SignedUpload } from '@fluokit/core/wire'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { refuse } from '../__fixtures__/fake-upstream.ts'
import { apiKey, call, errorOf, projectId, testRelay } from '../__fixtures__/test-relay.ts'
import { signature, uploadFluo } from '../__fixtures__/upload-fluo.ts'
import { issue, upload } from '../__fixtures__/uploads.ts'
import type { RelayOptions } from '../options/relay-options.ts'
import type { RelayUploads } from '../options/relay-uploads.ts'

async function setup(
  uploads: RelayUploads = {},
  fluo: Parameters<typeof uploadFluo>[0] = {},
  options: Partial<RelayOptions> = {},
) {
  const upstream = await uploadFluo(fluo)
  return { upstream, ...testRelay(upstream.url, { uploads, ...options }) }
}

/** A Fluo that answers each request for a place with this. */
function placing(place: unknown): Parameters<typeof uploadFluo>[0] {
  return { over: (path) => (path.endsWith('/request') ? refuse(200, place) : null) }
}

afterEach(() => vi.useRealTimers())

describe('issueUpload', () => {
  it('asks Fluo for a place with three fields and four headers, and seals its path', async () => {
    const { upstream, relay, log } = await setup()

    const response = await relay(call(upload()))

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect((await response.json()) as SignedUpload).toEqual({
      ref: expect.stringMatching(/^2\.a\.[\w-]+$/) as unknown,
      url: `https://storage.example/put/project-5544/chat/blob_canary_1/policy?${signature}`,
      ticket: null,
      headers: { 'content-type': 'application/pdf' },
    })
    const [asked] = upstream.requests
    expect(asked).toMatchObject({
      method: 'POST',
      url: '/api/v1/uploads/request',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-project-id': projectId,
        'x-api-key': apiKey,
      },
    })
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      filename: 'policy.pdf',
      contentType: 'application/pdf',
      purpose: 'chat',
    })
    expect(log).toEqual([expect.objectContaining({ level: 'info', event: 'upload', status: 200 })])
  })

  it.each<[string, Record<string, unknown>, number, string]>([
    ['no name', { name: undefined }, 422, 'invalid'],
    ['a name that is no text', { name: ['a'] }, 422, 'invalid'],
    ['a name of 256 characters', { name: `${'x'.repeat(252)}.pdf` }, 422, 'invalid'],
    ['no type', { mediaType: undefined }, 422, 'invalid'],
    ['a type with parameters', { mediaType: 'text/plain; charset=utf-8' }, 422, 'invalid'],
    ['a type in capitals', { mediaType: 'Application/PDF' }, 422, 'invalid'],
    ['a type with a line end', { mediaType: 'text/plain\r\nx-a: b' }, 422, 'invalid'],
    ['a family for a type', { mediaType: 'image/*' }, 422, 'invalid'],
    ['half a type', { mediaType: 'text' }, 422, 'invalid'],
    ['a type that is not listed', { mediaType: 'text/html' }, 422, 'invalid'],
    ['SVG', { mediaType: 'image/svg+xml' }, 422, 'invalid'],
    ['no size', { size: undefined }, 422, 'invalid'],
    ['no byte', { size: 0 }, 422, 'invalid'],
    ['less than nothing', { size: -1 }, 422, 'invalid'],
    ['half a byte', { size: 1.5 }, 422, 'invalid'],
    ['a size that is text', { size: '12' }, 422, 'invalid'],
    ['a byte too much', { size: 25 * 1024 * 1024 + 1 }, 413, 'too-large'],
    ['an unknown member', { purpose: 'training' }, 422, 'invalid'],
    ['an agent', { agentId: 'helper' }, 422, 'invalid'],
  ])('refuses %s, and asks Fluo nothing (T35)', async (_, over, status, code) => {
    const { upstream, relay, log } = await setup()

    const response = await relay(call(upload(over)))

    expect(response.status).toBe(status)
    expect(await errorOf(response)).toEqual({ code, status })
    expect(upstream.requests).toEqual([])
    expect(log).toEqual([
      expect.objectContaining({ event: 'refused', level: 'warn', status, code }),
    ])
  })

  it('refuses everything where the relay has no option uploads, which the log names', async () => {
    const upstream = await uploadFluo()
    const { relay, log } = testRelay(upstream.url)

    for (const body of [upload(), { op: 'view', ref: '2.a.AAAA' }]) {
      const response = await relay(call(body))
      expect(await errorOf(response)).toEqual({ code: 'forbidden', status: 403 })
    }

    expect(upstream.requests).toEqual([])
    expect(log.map(({ detail }) => detail)).toEqual([
      "Nobody uploads anything here: the relay's option uploads is not set.",
      "Nobody uploads anything here: the relay's option uploads is not set.",
    ])
  })

  it('takes the largest file, a family of types and a name of 255 characters', async () => {
    const { relay } = await setup({ fileBytes: 5, mediaTypes: ['image/*'] })
    const statusOf = async (over: object): Promise<number> =>
      (await relay(call(upload({ mediaType: 'image/png', size: 5, ...over })))).status

    expect(await statusOf({ name: 'x'.repeat(255) })).toBe(200)
    expect(await statusOf({ mediaType: 'image/x-icon' })).toBe(200)
    expect(await statusOf({ mediaType: 'application/pdf' })).toBe(422)
    expect(await statusOf({ size: 6 })).toBe(413)
  })

  it.each([
    ['C:\\Users\\ann\\secret folder\\policy.pdf', 'policy.pdf'],
    ['/home/ann/../policy.pdf', 'policy.pdf'],
    ['policy\u202efdp.exe', 'policyfdp.exe'],
    ['a\r\nb\0.pdf', 'ab.pdf'],
    ['..', 'file'],
  ])('tells Fluo of %j as %j (T35)', async (name, told) => {
    const { upstream, relay } = await setup()

    await issue(relay, { name })

    expect(JSON.parse(upstream.requests[0]?.body ?? '')).toMatchObject({ filename: told })
  })

  it('lets a user begin perHour uploads within an hour, and says when the next may be', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
    const { upstream, relay, log } = await setup({ perHour: 2 })
    await issue(relay)
    vi.setSystemTime(1_600_000)
    await issue(relay)

    const refused = await relay(call(upload()))

    const retryAt = 1_000_000 + 60 * 60_000
    expect(await errorOf(refused)).toEqual({ code: 'rate-limited', status: 429, retryAt })
    expect(log.at(-1)).toMatchObject({ detail: 'The user is over uploads.perHour.' })
    expect((await relay(call(upload(), { 'x-user': 'bob' }))).status).toBe(200)
    expect(upstream.requests).toHaveLength(3)
    vi.setSystemTime(retryAt)
    expect((await relay(call(upload()))).status).toBe(200)
  })

  it.each([
    [400, 422, 'invalid'],
    [422, 422, 'invalid'],
    [413, 413, 'too-large'],
    [429, 429, 'rate-limited'],
    [401, 424, 'forbidden'],
    [403, 424, 'forbidden'],
    [404, 424, 'forbidden'],
    [307, 424, 'upstream'],
    [500, 424, 'upstream'],
    [503, 424, 'upstream'],
  ])("answers Fluo's %i with %i %s, and no 5xx", async (upstreamStatus, status, code) => {
    const words = 'words-of-fluo about policy.pdf'
    const { relay, log } = await setup(
      {},
      {
        over: () =>
          refuse(upstreamStatus, { detail: words }, { location: 'https://evil.example/' }),
      },
    )

    const response = await relay(call(upload()))
    const text = await response.text()

    expect(response.status).toBe(status)
    expect(JSON.parse(text)).toMatchObject({ error: { code, status } })
    expect(text).not.toContain('words')
    expect(log.at(-1)).toMatchObject({
      level: status === 424 ? 'error' : 'warn',
      code,
      upstreamStatus,
    })
    expect(log.at(-1)?.detail).toBe(
      upstreamStatus === 307
        ? 'Fluo answered with a redirect, which is never followed.'
        : 'words-of-fluo about [file]',
    )
  })

  it('answers a Fluo that is silent, gone or talks of something else with 424', async () => {
    const silent = await setup({}, { over: () => () => undefined }, { limits: { firstByteMs: 20 } })
    const slow = await setup(
      {},
      { over: () => (response) => void response.writeHead(200).write('{"signedUrl":') },
      { limits: { firstByteMs: 20 } },
    )
    const gone = testRelay('http://127.0.0.1:1', { uploads: {} })
    const page = await setup({}, { over: () => (response) => void response.end('<html>') })
    const codeOf = async ({ relay }: typeof gone): Promise<unknown> =>
      errorOf(await relay(call(upload())))

    expect(await codeOf(silent)).toEqual({ code: 'stalled', status: 424 })
    expect(await codeOf(slow)).toEqual({ code: 'stalled', status: 424 })
    expect(await codeOf(gone)).toEqual({ code: 'network', status: 424 })
    expect(await codeOf(page)).toEqual({ code: 'upstream', status: 424 })
  })

  it.each<[string, object]>([
    ['no URL', { signedUrl: undefined }],
    ['a URL of plain http', { signedUrl: 'http://storage.example/a?canary' }],
    ['a URL with a user', { signedUrl: 'https://ann:canary@storage.example/a' }],
    ['a URL that parsers read differently', { signedUrl: 'https://storage.example\\@canary/' }],
    ['a URL with a line end', { signedUrl: 'https://storage.example/a\ncanary' }],
    ['a URL of any length', { signedUrl: `https://storage.example/${'canary'.repeat(1000)}` }],
    ['no path', { blobPath: undefined }],
    ['an empty path', { blobPath: '' }],
    ['a path of any length', { blobPath: 'canary'.repeat(1000) }],
    ['a path that is no text', { blobPath: 5 }],
    ['a path that no URL can carry', { blobPath: 'canary\ud800' }],
  ])('takes no place of Fluo with %s', async (_, over) => {
    const place = { signedUrl: 'https://storage.example/a?b', blobPath: 'a/b', ...over }
    const { relay, log } = await setup({}, placing(place))

    const response = await relay(call(upload()))

    expect(await errorOf(response)).toEqual({ code: 'upstream', status: 424 })
    expect(log.at(-1)?.detail).toMatch(/^Fluo gave no place for a file: /)
    expect(JSON.stringify(log)).not.toContain('canary')
  })

  it('takes a storage on loopback only where Fluo is there as well', async () => {
    const place = { signedUrl: 'http://127.0.0.1:9000/a?b', blobPath: 'a/b' }
    const { relay } = await setup({}, placing(place))
    const far = testRelay('https://fluo.example', {
      uploads: {},
      fetch: () => Promise.resolve(Response.json(place)),
    })

    expect((await issue(relay)).url).toBe(place.signedUrl)
    expect((await far.relay(call(upload()))).status).toBe(424)
  })

  it("tells the browser the storage's own headers, which a function may choose for a file", async () => {
    const headers = vi.fn<(upload: object) => Record<string, string>>(() => ({
      'X-Ms-Blob-Type': 'BlockBlob',
    }))
    const byName = await setup({ headers: { 'x-amz-server-side-encryption': 'AES256' } })
    const byCall = await setup({ headers })

    expect((await issue(byName.relay)).headers).toEqual({
      'content-type': 'application/pdf',
      'x-amz-server-side-encryption': 'AES256',
    })
    expect((await issue(byCall.relay, { name: 'a/policy.pdf' })).headers).toEqual({
      'content-type': 'application/pdf',
      'x-ms-blob-type': 'BlockBlob',
    })
    expect(headers.mock.calls).toEqual([
      [{ userId: 'ann', name: 'policy.pdf', mediaType: 'application/pdf', size: 12 }],
    ])
  })

  it.each<[string, RelayUploads['headers'], RegExp]>([
    ['a credential', () => ({ authorization: 'Bearer canary' }), /^uploads.headers returned/],
    ['the key', () => ({ 'x-a': `Key ${apiKey}` }), /^uploads.headers returned/],
    ['a length', () => ({ 'Content-Length': '1' }), /^uploads.headers returned/],
    ['a line end', () => ({ 'x-a': 'a\r\nb: canary' }), /^uploads.headers returned/],
    ['nothing', () => undefined as never, /^uploads.headers returned/],
    [
      'an error',
      () => {
        throw new Error('no idea')
      },
      /^uploads.headers threw: no idea$/,
    ],
  ])(
    'asks Fluo nothing where uploads.headers comes to %s (T35)',
    async (_, headers = {}, detail) => {
      const { upstream, relay, log } = await setup({ headers })

      const response = await relay(call(upload()))

      expect(await errorOf(response)).toEqual({ code: 'upstream', status: 500 })
      expect(log.at(-1)?.detail).toMatch(detail)
      expect(JSON.stringify(log)).not.toContain('canary')
      expect(upstream.requests).toEqual([])
    },
  )

  it("passes the application's own no, and asks Fluo nothing", async () => {
    const beforeUpload = vi.fn<NonNullable<RelayUploads['beforeUpload']>>(({ size }) => {
      if (size === 13) return new Response('pay first', { status: 402 })
      if (size === 14) throw new Error('no ledger')
      return undefined
    })
    const { upstream, relay, log } = await setup({ beforeUpload })

    const refused = await relay(call(upload({ size: 13 })))
    const failed = await relay(call(upload({ size: 14 })))

    expect([refused.status, await refused.text()]).toEqual([402, 'pay first'])
    expect(failed.status).toBe(500)
    expect(upstream.requests).toEqual([])
    expect(log.map(({ detail }) => detail)).toEqual([
      'uploads.beforeUpload returned a Response.',
      'uploads.beforeUpload threw: no ledger',
    ])
    expect((await issue(relay)).ref).not.toBe('')
  })

  it('begins none once the relay is closed', async () => {
    const { upstream, relay } = await setup()
    const { ref } = await issue(relay)
    await relay.close()

    for (const body of [upload(), { op: 'view', ref }]) {
      expect((await relay(call(body))).status).toBe(503)
    }
    expect(upstream.requests).toHaveLength(1)
  })
})
