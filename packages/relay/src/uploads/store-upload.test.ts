import { createServer, request as send, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { fakeStorage, type StorageBehaviour } from '../__fixtures__/fake-storage.ts'
import { tamper } from '../__fixtures__/tamper.ts'
import { apiKey, errorOf, projectId, rawThread, testRelay } from '../__fixtures__/test-relay.ts'
import { blobPathOf, signature, uploadFluo } from '../__fixtures__/upload-fluo.ts'
import { bring, issue } from '../__fixtures__/uploads.ts'
import { toNodeHandler } from '../node.ts'
import type { RelayLimits } from '../options/relay-limits.ts'
import type { RelayOptions } from '../options/relay-options.ts'
import type { RelayUploads } from '../options/relay-uploads.ts'

const bytes = 'twelve bytes'

async function setup(
  behaviour: StorageBehaviour = {},
  uploads: RelayUploads = {},
  options: Partial<RelayOptions> = {},
) {
  const storage = await fakeStorage(behaviour)
  const upstream = await uploadFluo({ storage: storage.url })
  const test = testRelay(upstream.url, { uploads: { upload: 'relay', ...uploads }, ...options })
  const ticketFor = async (over: Record<string, unknown> = {}): Promise<string> =>
    (await issue(test.relay, over)).ticket ?? ''
  return { storage, upstream, ticketFor, ...test }
}

/** The relay on a real server, and a request to it whose body the test writes. */
async function served(
  relay: (request: Request) => Promise<Response>,
  headers: Record<string, string>,
) {
  const server = createServer(toNodeHandler(relay))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const request = send({
    port,
    method: 'PUT',
    path: '/api/fluo',
    headers: { 'content-type': 'application/octet-stream', 'x-user': 'ann', ...headers },
  })
  request.on('error', () => undefined)
  const response = new Promise<IncomingMessage>((resolve) => request.once('response', resolve))
  return { request, response }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('storeUpload', () => {
  it("answers an upload with a ticket in place of the storage's URL", async () => {
    const { relay } = await setup({}, { headers: { 'x-ms-blob-type': 'BlockBlob' } })

    const answer = await issue(relay)

    expect(answer).toEqual({
      ref: expect.stringMatching(/^2\.a\.[\w-]+$/) as unknown,
      url: null,
      ticket: expect.stringMatching(/^2\.a\.[\w-]+$/) as unknown,
      headers: {},
    })
  })

  it("hands the bytes on with the storage's headers and a length, and no secret (T35)", async () => {
    const { storage, ticketFor, relay, log } = await setup(
      {},
      { headers: { 'x-ms-blob-type': 'BlockBlob' } },
    )
    const ticket = await ticketFor()

    const response = await relay(
      bring(ticket, bytes, {
        cookie: 'session=canary',
        authorization: 'Bearer canary',
        'x-api-key': apiKey,
        'x-ms-blob-type': 'canary',
        'content-encoding': 'canary',
      }),
    )

    expect([response.status, await response.text()]).toEqual([204, ''])
    const [put] = storage.puts
    expect(put).toMatchObject({ method: 'PUT', url: `/put/${blobPathOf(1)}?${signature}` })
    expect(String(await put?.bytes)).toBe(bytes)
    const headers = put?.headers ?? {}
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '12',
      'x-ms-blob-type': 'BlockBlob',
    })
    // What else there is, fetch has added.
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'accept-language',
      'connection',
      'content-length',
      'content-type',
      'host',
      'sec-fetch-mode',
      'user-agent',
      'x-ms-blob-type',
    ])
    expect(JSON.stringify(headers)).not.toContain('canary')
    for (const secret of [apiKey, projectId, ticket]) {
      expect(JSON.stringify(headers)).not.toContain(secret)
    }
    expect(log.at(-1)).toMatchObject({ level: 'info', event: 'uploaded', status: 204 })
  })

  it('takes a ticket of its own user and project only, and answers any other like one that expired (T35)', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1) })
    const { storage, upstream, ticketFor, relay } = await setup()
    const elsewhere = testRelay(upstream.url, {
      uploads: { upload: 'relay' },
      projectId: 'another-project',
    })
    const old = await ticketFor()
    vi.setSystemTime(Date.UTC(2026, 10, 1, 0, 15, 1))
    const ticket = await ticketFor()
    const expired = await relay(bring(old, bytes))

    const refused = [
      expired,
      await relay(bring(ticket, bytes, { 'x-user': 'bob' })),
      await relay(bring((await issue(elsewhere.relay)).ticket, bytes)),
      await relay(bring((await issue(relay)).ref, bytes)),
      await relay(bring(await relay.sealThread('ann', 'helper', rawThread), bytes)),
      await relay(
        bring(
          tamper(ticket, () => 0),
          bytes,
        ),
      ),
      await relay(
        bring(
          tamper(ticket, (below) => below - 1),
          bytes,
        ),
      ),
      await relay(bring(`${storage.url}/put/${blobPathOf(1)}?${signature}`, bytes)),
      await relay(bring('x'.repeat(10_000), bytes)),
    ]

    for (const response of refused) {
      expect(await errorOf(response)).toEqual({ code: 'file-gone', status: 410 })
    }
    expect(storage.puts).toEqual([])
    vi.setSystemTime(Date.UTC(2026, 10, 1, 0, 30, 1))
    expect((await relay(bring(ticket, bytes))).status).toBe(204)
  })

  it.each<[string, Record<string, string>, string, number, string]>([
    ['no ticket', { 'fluokit-upload': '' }, bytes, 410, 'file-gone'],
    ['one byte more', {}, `${bytes}!`, 413, 'too-large'],
    ['one byte less', {}, bytes.slice(1), 422, 'invalid'],
    ['a length that is none', { 'content-length': '-12' }, bytes, 422, 'invalid'],
    ['a length beyond numbers', { 'content-length': '9'.repeat(20) }, bytes, 422, 'invalid'],
    ['another type', { 'content-type': 'application/pdf' }, bytes, 415, 'invalid'],
    ['JSON', { 'content-type': 'application/json' }, bytes, 415, 'invalid'],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, bytes, 403, 'forbidden'],
    ['an unlisted origin', { origin: 'https://evil.example' }, bytes, 403, 'forbidden'],
  ])('puts nothing with %s (T35)', async (_, headers, body, status, code) => {
    const { storage, ticketFor, relay } = await setup()

    const response = await relay(bring(await ticketFor(), body, headers))

    expect(await errorOf(response)).toEqual({ code, status })
    expect(storage.puts).toEqual([])
  })

  it('puts nothing without a ticket, a length or a user (T35)', async () => {
    const { storage, ticketFor, relay } = await setup()
    const ticket = await ticketFor()
    const unknown = testRelay('http://127.0.0.1:1', {
      uploads: { upload: 'relay' },
      authorize: () => null,
    })
    const unmeasured = bring(ticket, bytes)
    unmeasured.headers.delete('content-length')

    expect((await relay(bring(null, bytes))).status).toBe(422)
    expect((await relay(unmeasured)).status).toBe(411)
    expect((await unknown.relay(bring(ticket, bytes))).status).toBe(401)
    expect(storage.puts).toEqual([])
  })

  it('takes no PUT but where uploads.upload says relay, and names the option in the log', async () => {
    for (const options of [{}, { uploads: {} }]) {
      const { relay, log } = testRelay('http://127.0.0.1:1', options)

      const response = await relay(bring('2.a.AAAA', bytes))

      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('POST')
      expect(log[0]?.detail).toBe(
        `The relay takes POST only: its option uploads does not say upload: 'relay'.`,
      )
    }
    const { relay } = await setup()
    const other = await relay(new Request('http://app.example/', { method: 'DELETE' }))
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'POST, PUT'])
  })

  it.each([
    [400, 410, 'file-gone'],
    [401, 410, 'file-gone'],
    [403, 410, 'file-gone'],
    [404, 424, 'upstream'],
    [413, 424, 'upstream'],
    [500, 424, 'upstream'],
    [503, 424, 'upstream'],
    [307, 424, 'upstream'],
  ])(
    "answers the storage's %i by %i %s, and says it in the log only",
    async (said, status, code) => {
      const { storage, ticketFor, relay, log } = await setup({
        answer: (response) =>
          void response
            .writeHead(said, { location: 'https://evil.example/' })
            .end('words-of-storage'),
      })

      const response = await relay(bring(await ticketFor(), bytes))

      expect(await errorOf(response)).toEqual({ code, status })
      expect(log.at(-1)).toMatchObject({ event: 'refused', status, code })
      expect(log.at(-1)?.detail).toBe(`The storage answered with ${said}.`)
      expect(JSON.stringify(log)).not.toMatch(/words-of-storage|blob_canary|X-Sig/)
      expect(storage.puts).toHaveLength(1)
    },
  )

  it.each([200, 201, 204])("takes the storage's %i for stored", async (said) => {
    const { ticketFor, relay } = await setup({
      answer: (response) => void response.writeHead(said).end(),
    })

    expect((await relay(bring(await ticketFor(), bytes))).status).toBe(204)
  })

  it('may be brought again with the same ticket, for the answer may have been lost', async () => {
    const { storage, ticketFor, relay } = await setup()
    const ticket = await ticketFor()

    expect((await relay(bring(ticket, bytes))).status).toBe(204)
    expect((await relay(bring(ticket, bytes))).status).toBe(204)

    expect(storage.puts.map(({ url }) => url)).toEqual(Array(2).fill(storage.puts[0]?.url))
  })

  it('takes the ticket of another relay with the same keys', async () => {
    const { storage, upstream, ticketFor } = await setup()
    const another = testRelay(upstream.url, { uploads: { upload: 'relay' } })

    expect((await another.relay(bring(await ticketFor(), bytes))).status).toBe(204)
    expect(storage.puts).toHaveLength(1)
  })

  it('streams a file through a Node server, no faster than the storage takes it', async () => {
    const size = 24 * 1024 * 1024
    let take = (): void => undefined
    const { storage, ticketFor, relay } = await setup({
      wait: new Promise<void>((resolve) => (take = resolve)),
    })
    const ticket = await ticketFor({ size })
    const { request, response } = await served(relay, {
      'content-length': String(size),
      'fluokit-upload': ticket,
    })
    const piece = Buffer.alloc(64 * 1024, 'x')
    let written = 0
    let isBlocked = false
    const write = (): void => {
      while (written < size && !isBlocked) {
        written += piece.length
        isBlocked = !request.write(piece)
      }
      if (written === size) request.end()
    }
    request.on('drain', () => {
      isBlocked = false
      write()
    })

    write()
    await vi.waitFor(() => expect(storage.puts).toHaveLength(1), 4000)
    let before = -1
    await vi.waitFor(() => {
      const now = written
      const isStill = now === before
      before = now
      expect(isStill).toBe(true) // everybody waits for the storage
    }, 4000)
    const ahead = written

    take()
    expect((await response).statusCode).toBe(204)
    expect((await storage.puts[0]?.bytes)?.length).toBe(size)
    expect(storage.puts[0]?.headers).toMatchObject({ 'content-length': String(size) })
    expect(storage.puts[0]?.headers).not.toHaveProperty('transfer-encoding')
    expect(ahead).toBeLessThan(size)
  })

  it('leaves the storage when the browser leaves in the middle', async () => {
    const { storage, ticketFor, relay, log } = await setup()
    const { request } = await served(relay, {
      'content-length': '12',
      'fluokit-upload': await ticketFor(),
    })
    request.write('twelve')
    await vi.waitFor(() => expect(storage.puts[0]?.received).toBe(6), 4000)

    request.destroy()

    await storage.puts[0]?.cut
    await vi.waitFor(() =>
      expect(log.at(-1)).toMatchObject({ event: 'refused', status: 400, code: 'invalid' }),
    )
  })

  it('answers a storage that refuses before it has read anything, and reads the rest of the body', async () => {
    const size = 4 * 1024 * 1024
    const { ticketFor, relay } = await setup({
      early: (response) => void response.writeHead(403, { connection: 'close' }).end(),
    })
    const { request, response } = await served(relay, {
      'content-length': String(size),
      'fluokit-upload': await ticketFor({ size }),
    })

    request.write('x')
    const { statusCode } = await response
    request.end(Buffer.alloc(size - 1))

    expect(statusCode).toBe(410)
    await new Promise((resolve) => request.once('finish', resolve))
  })

  it('says what the storage said where fetch gives the body up in the middle', async () => {
    const hasty: typeof fetch = async (url, init) => {
      if (init?.method !== 'PUT') return fetch(url, init)
      const reader = (init.body as ReadableStream<Uint8Array>).getReader()
      await reader.read()
      void reader.read().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve)) // until the browser is asked for more
      await reader.cancel()
      return new Response(null, { status: 403 })
    }
    const { ticketFor, relay } = await setup({}, {}, { fetch: hasty })
    const { request, response } = await served(relay, {
      'content-length': '12',
      'fluokit-upload': await ticketFor(),
    })

    request.write('twelve')

    expect((await response).statusCode).toBe(410)
  })

  it('is not over before the storage has all bytes, whatever it answers', async () => {
    const { ticketFor, relay } = await setup({ early: (response) => void response.end() })
    const { request, response } = await served(relay, {
      'content-length': '12',
      'fluokit-upload': await ticketFor(),
    })

    request.write('twelve')

    expect((await response).statusCode).toBe(424)
  })

  it.each<[string, Partial<RelayLimits>, number]>([
    ['takes nothing', { blockedMs: 30 }, 0],
    ['says nothing once it has all bytes', { firstByteMs: 30 }, 12],
  ])('leaves a storage that %s (T24)', async (_, limits, taken) => {
    let count = 0
    const mute: typeof fetch = async (_url, init = {}) => {
      const reader = (init.body as ReadableStream<Uint8Array>).getReader()
      while (taken > 0) {
        const { done, value } = await reader.read()
        if (done) break
        count += value.byteLength
      }
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      })
    }
    const { ticketFor } = await setup()
    const uploads = { upload: 'relay' } as const
    const { relay } = testRelay('http://127.0.0.1:1', { uploads, limits, fetch: mute })

    const response = await relay(bring(await ticketFor(), bytes))

    expect(await errorOf(response)).toEqual({ code: 'stalled', status: 424 })
    expect(count).toBe(taken)
  })

  it.each<[string, Partial<RelayLimits>]>([
    ['nothing more', { blockedMs: 30 }],
    ['a byte now and then for ever', { totalMs: 30 }],
  ])('leaves a browser that sends %s, and the storage with it (T24)', async (_, limits) => {
    let isLeft = false
    const greedy: typeof fetch = async (url, init) => {
      if (init?.method !== 'PUT') return fetch(url, init)
      const reader = (init.body as ReadableStream<Uint8Array>).getReader()
      await reader.read()
      void reader.read().catch(() => undefined)
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => {
          isLeft = true
          reject(new Error('aborted'))
        })
      })
    }
    const { ticketFor, relay } = await setup({}, {}, { limits, fetch: greedy })
    const { request, response } = await served(relay, {
      'content-length': '12',
      'fluokit-upload': await ticketFor(),
    })

    request.write('twelve')

    expect((await response).statusCode).toBe(400)
    expect(isLeft).toBe(true)
  })

  it('answers a storage that is not there with 424', async () => {
    const upstream = await uploadFluo({ storage: 'http://127.0.0.1:1' })
    const { relay, log } = testRelay(upstream.url, { uploads: { upload: 'relay' } })

    const response = await relay(bring((await issue(relay)).ticket, bytes))

    expect(await errorOf(response)).toEqual({ code: 'network', status: 424 })
    expect(log.at(-1)?.detail).toMatch(/^The storage could not be reached, or left: /)
  })

  it('lets one user bring eight files at once, and another theirs', async () => {
    const { storage, ticketFor, relay } = await setup({ answer: () => undefined })
    const ticket = await ticketFor()
    const left = new AbortController()
    const open = Array.from({ length: 8 }, () => relay(bring(ticket, bytes, {}, left.signal)))
    await vi.waitFor(() => expect(storage.puts).toHaveLength(8), 4000)

    const ninth = await relay(bring(ticket, bytes))

    expect(ninth.status).toBe(429)
    expect(storage.puts).toHaveLength(8)
    left.abort()
    expect((await Promise.all(open)).map(({ status }) => status)).toEqual(Array(8).fill(400))
  })

  it("says the length by Workers' own stream where there is one", async () => {
    const lengths: number[] = []
    class FixedLengthStream extends TransformStream<Uint8Array, Uint8Array> {
      constructor(length: number) {
        super()
        lengths.push(length)
      }
    }
    vi.stubGlobal('FixedLengthStream', FixedLengthStream)
    const { storage, ticketFor, relay } = await setup()

    const response = await relay(bring(await ticketFor(), bytes))

    expect(response.status).toBe(204)
    expect(lengths).toEqual([12])
    expect(String(await storage.puts[0]?.bytes)).toBe(bytes)
  })

  it('takes a URL and headers that together are a header of less than 8 KiB, and no longer ones', async () => {
    const ticketOf = async (length: number): Promise<number> => {
      const upstream = await uploadFluo({
        storage: `https://storage.example/${'a'.repeat(length)}`,
      })
      const headers = { 'x-long': 'b'.repeat(512), 'x-longer': 'c'.repeat(512) }
      const { relay } = testRelay(upstream.url, { uploads: { upload: 'relay', headers } })
      return (await issue(relay)).ticket?.length ?? 0
    }

    expect(await ticketOf(3950)).toBeLessThan(8000)
    await expect(ticketOf(4096)).rejects.toThrow('424')
  })
})
