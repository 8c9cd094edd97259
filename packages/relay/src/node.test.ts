import {
  createServer,
  request as send,
  type IncomingMessage,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { createGzip } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeUpstream, openStream } from './__fixtures__/fake-upstream.ts'
import { sealKey, start, testRelay } from './__fixtures__/test-relay.ts'
import { anonymousCookie } from './thread/anonymous-cookie.ts'
import { toNodeHandler } from './node.ts'

async function serve(relay: (request: Request) => Promise<Response>): Promise<number> {
  return listen(toNodeHandler(relay))
}

async function listen(handler: RequestListener, options: ServerOptions = {}): Promise<number> {
  const server = createServer(options, handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

/** What comes back for literal bytes, up to the end of the connection. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes)
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return text
}

const textOf = (request: Request): Promise<Response> =>
  request.text().then((text) => new Response(`${request.method} ${request.url} ${text}`))

describe('toNodeHandler', () => {
  it('streams in pieces as they come, with headers first and cookies apart', async () => {
    let next = (): void => undefined
    const upstream = await fakeUpstream((response) => {
      openStream()(response)
      let count = 0
      next = () => {
        count += 1
        response.write(`event: message_delta\ndata: {"delta":"piece ${count}"}\n\n`)
        if (count === 3) response.end()
      }
    })
    const { relay } = testRelay(upstream.url, { authorize: anonymousCookie({ key: sealKey }) })
    const port = await serve(relay)

    const response = await fetch(`http://127.0.0.1:${port}/api/fluo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
      body: JSON.stringify(start()),
    })
    const pieces: string[] = []
    next()
    for await (const bytes of response.body ?? []) {
      pieces.push(new TextDecoder().decode(bytes))
      next()
    }

    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^fluokit=/)])
    expect(pieces).toHaveLength(3)
    expect(pieces[2]).toContain('piece 3')
  })

  it('closes the upstream request when the client leaves', async () => {
    const upstream = await fakeUpstream(openStream('event: message_delta\ndata: {"delta":"a"}'))
    const { relay } = testRelay(upstream.url)
    const port = await serve(relay)
    const leave = new AbortController()
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': 'ann' },
      body: JSON.stringify(start()),
      signal: leave.signal,
    })
    await response.body?.getReader().read()

    leave.abort()

    await expect(upstream.requests[0]?.cut).resolves.toBeUndefined()
  })

  it('closes the upstream request when the client leaves before there is an answer', async () => {
    const leave = new AbortController()
    const upstream = await fakeUpstream(() => leave.abort())
    const { relay } = testRelay(upstream.url)
    const port = await serve(relay)

    await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': 'ann' },
      body: JSON.stringify(start()),
      signal: leave.signal,
    }).catch(() => undefined)

    await expect(upstream.requests[0]?.cut).resolves.toBeUndefined()
  })

  it('cuts the connection when the body breaks, after what came before', async () => {
    let breakOff = (): void => undefined
    const port = await serve(() => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('half an answer'))
          breakOff = () => controller.error(new Error('broken'))
        },
      })
      return Promise.resolve(new Response(body))
    })
    const incoming = await new Promise<IncomingMessage>((resolve) => {
      send({ port, host: '127.0.0.1' }, resolve).end()
    })

    let text = ''
    const read = async (): Promise<void> => {
      for await (const chunk of incoming) {
        text += String(chunk)
        breakOff()
      }
    }

    await expect(read()).rejects.toThrow('aborted')
    expect(text).toBe('half an answer')
  })

  it('does not read ahead of a client that does not read', async () => {
    let pulled = 0
    const piece = new Uint8Array(64 * 1024)
    const { port, isCancelled } = await endless(() => {
      pulled += 1
      return piece
    })
    const socket = connect(port, '127.0.0.1')
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')

    let before = -1
    while (pulled === 0 || before !== pulled) {
      before = pulled
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    socket.destroy()

    expect(pulled * piece.length).toBeLessThan(64 * 1024 * 1024)
    await isCancelled
  })

  it('gives the relay the body and the URL as they came', async () => {
    const port = await serve(textOf)
    const body = 'x'.repeat(300_000)

    const response = await fetch(`http://127.0.0.1:${port}/a/b?c=d`, { method: 'POST', body })

    expect(await response.text()).toBe(`POST http://127.0.0.1:${port}/a/b?c=d ${body}`)
  })

  it('takes the host from the Host header only, whatever the target says', async () => {
    const port = await serve(textOf)

    const answer = await raw(
      port,
      'GET //evil.example/x HTTP/1.1\r\nhost: localhost\r\nx-forwarded-host: evil.example\r\nconnection: close\r\n\r\n',
    )

    expect(answer).toContain('GET http://localhost//evil.example/x')
  })

  it.each([
    ['a host with a slash', 'GET / HTTP/1.1\r\nhost: a/b\r\n'],
    ['a host with credentials', 'GET / HTTP/1.1\r\nhost: user@a.example\r\n'],
    ['an absolute target', 'GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n'],
    ['a method that fetch forbids', 'TRACE / HTTP/1.1\r\nhost: localhost\r\n'],
  ])('answers 400 for %s', async (_, head) => {
    const port = await serve(textOf)

    expect(await raw(port, `${head}connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('answers 500 without words when the relay itself fails', async () => {
    const port = await serve(() => Promise.reject(new Error('secret')))

    const response = await fetch(`http://127.0.0.1:${port}/`)

    expect(response.status).toBe(500)
    expect(await response.text()).toBe('')
  })

  it('serves the next request on a connection whose last body it did not read', async () => {
    const { relay } = testRelay('http://127.0.0.1:1')
    const port = await serve(relay)
    const body = 'x'.repeat(500_000)
    const head = `POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n`

    const answer = await raw(port, `${head}\r\n${body}${head}connection: close\r\n\r\n${body}`)

    expect(answer.match(/^HTTP\/1\.1 415 /gm)).toHaveLength(2)
  })

  it.each([
    ['its headers', 'POST / HTTP/1.1\r\nhost: localhost\r\n'],
    [
      'its body',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-user: ann\r\ncontent-length: 100\r\n\r\n{',
    ],
  ])(
    'is done with a client that never sends all of %s, where the server has limits (T18)',
    async (_, part) => {
      const upstream = await fakeUpstream(openStream())
      const { relay } = testRelay(upstream.url)
      const limits = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 }
      const port = await listen(toNodeHandler(relay), limits)
      const socket = connect(port, '127.0.0.1')
      socket.write(part)

      let answer = ''
      for await (const chunk of socket) answer += String(chunk)

      expect(answer).toMatch(/^HTTP\/1\.1 408 /)
      expect(upstream.requests).toHaveLength(0)
    },
  )

  it('answers a body over the limit without reading all of it', async () => {
    const { relay } = testRelay('http://127.0.0.1:1', { limits: { bodyBytes: 1000 } })
    const port = await serve(relay)

    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': 'ann' },
      body: new Blob(['x'.repeat(200_000)]).stream(),
      duplex: 'half',
    } as RequestInit)

    expect(response.status).toBe(413)
  })

  it.each([
    ['an object', (text: string) => JSON.parse(text) as unknown],
    ['text', (text: string) => text],
    ['bytes', (text: string) => Buffer.from(text)],
  ])('takes the body that a body parser before it has left as %s', async (_, parse) => {
    const port = await serveBehind(parsedAs(parse), textOf)
    const body = '{"query":"na\u00efve","metadata":{"__proto__":1}}'

    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })

    expect(await response.text()).toBe(`POST http://127.0.0.1:${port}/ ${body}`)
  })

  it('holds a parsed body to the limit as well', async () => {
    const { relay } = testRelay('http://127.0.0.1:1', { limits: { bodyBytes: 1000 } })
    const port = await serveBehind(parsedAs(JSON.parse), relay)

    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': 'ann' },
      body: new Blob([JSON.stringify(start({ input: { query: 'x'.repeat(2000) } }))]).stream(),
      duplex: 'half',
    } as RequestInit)

    expect(response.status).toBe(413)
  })

  it('reads the body itself where a `body` was set and nobody has read', async () => {
    const port = await serveBehind(async (request) => {
      Object.assign(request, { body: {} }) // as old body parsers did with types that are not theirs
    }, textOf)

    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: 'as it came',
    })

    expect(await response.text()).toBe(`POST http://127.0.0.1:${port}/ as it came`)
  })

  it.each([
    ['that was read and not kept', () => undefined, 200],
    ['that cannot be JSON', () => ({ count: 1n }), 400],
  ])('answers at once for a body %s', async (_, parse, status) => {
    const port = await serveBehind(parsedAs(parse), textOf)

    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })

    expect(response.status).toBe(status)
  })

  it('tells the relay that a client left while the middleware before it was at work', async () => {
    const leave = new AbortController()
    let seen = (_signal: AbortSignal): void => undefined
    const isAborted = new Promise<boolean>((resolve) => {
      seen = ({ aborted }) => resolve(aborted)
    })
    const port = await serveBehind(
      async (_request, response) => {
        leave.abort()
        await new Promise((resolve) => response.once('close', resolve))
      },
      async ({ signal }) => {
        seen(signal)
        return new Response()
      },
    )

    await fetch(`http://127.0.0.1:${port}/`, { signal: leave.signal }).catch(() => undefined)

    expect(await isAborted).toBe(true)
  })

  it('answers in full through a middleware that compresses', async () => {
    const text = 'x'.repeat(500_000)
    const port = await serveBehind(compressed, async () => new Response(text))

    const response = await fetch(`http://127.0.0.1:${port}/`)

    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.text()).toBe(text)
  })
})

/** What Express's `compression()` does: no callback of a write is called, and `drain` is that of the compressor. */
async function compressed(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gzip = createGzip()
  const write = response.write.bind(response)
  const end = response.end.bind(response)
  const on = response.on.bind(response)
  response.setHeader('content-encoding', 'gzip')
  gzip.on('data', (bytes: Uint8Array) => {
    if (!write(bytes)) gzip.pause()
  })
  gzip.on('end', () => end())
  on('drain', () => gzip.resume())
  Object.assign(response, {
    write: (bytes: Uint8Array) => gzip.write(bytes),
    end: () => gzip.end(),
    on(name: string, listener: () => void) {
      if (name === 'drain') gzip.on(name, listener)
      else on(name, listener)
      return response
    },
  })
}

/** A server whose middleware sees the request before the relay does. */
async function serveBehind(
  middleware: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  relay: (request: Request) => Promise<Response>,
): Promise<number> {
  const handler = toNodeHandler(relay)
  return listen((request, response) => {
    void middleware(request, response).then(() => handler(request, response))
  })
}

/** What a body parser does: reads all of the body, and leaves `body` behind. */
function parsedAs(parse: (text: string) => unknown) {
  return async (request: IncomingMessage): Promise<void> => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    Object.assign(request, { body: parse(text) })
  }
}

async function endless(
  next: () => Uint8Array,
): Promise<{ readonly port: number; readonly isCancelled: Promise<void> }> {
  let cancelled = (): void => undefined
  const isCancelled = new Promise<void>((resolve) => (cancelled = resolve))
  const port = await serve(() =>
    Promise.resolve(
      new Response(
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.enqueue(next()),
          cancel: () => cancelled(),
        }),
      ),
    ),
  )
  return { port, isCancelled }
}
