import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Resolves when the connection of this request is gone before its answer was whole. */
  readonly cut: Promise<void>
}

export interface FakeUpstream {
  readonly url: string
  readonly requests: readonly SeenRequest[]
}

/** A real HTTP server on a loopback port, for the length of one test; `answer` writes literal bytes. */
export async function fakeUpstream(
  answer: (response: ServerResponse, request: SeenRequest) => void,
): Promise<FakeUpstream> {
  const requests: SeenRequest[] = []
  const server = createServer((incoming, outgoing) => {
    let body = ''
    const cut = new Promise<void>((resolve) => {
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) resolve()
      })
    })
    incoming.setEncoding('utf8')
    incoming.on('data', (text: string) => (body += text))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const seen = { method, url, headers, body, cut }
      requests.push(seen)
      answer(outgoing, seen)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests }
}

/** Answers with the messages of an event stream, then ends. */
export function stream(...messages: readonly string[]): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(messages.map((message) => `${message}\n\n`).join(''))
  }
}

/** Answers with messages and keeps the stream open. */
export function openStream(...messages: readonly string[]): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    response.write(messages.map((message) => `${message}\n\n`).join(''))
  }
}

/** Answers with a status and JSON. */
export function refuse(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
}

/** A fetch whose answer is an event stream of exactly these pieces of bytes, one a read; `then` breaks it off. */
export function inPieces(pieces: readonly string[], then?: 'break'): typeof fetch {
  const encoder = new TextEncoder()
  return () => {
    let index = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const piece = pieces[index]
          index += 1
          if (piece !== undefined) controller.enqueue(encoder.encode(piece))
          else if (then === 'break') controller.error(new Error('reset'))
          else controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    return Promise.resolve(
      new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    )
  }
}
