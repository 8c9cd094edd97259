import type { IncomingMessage, ServerResponse } from 'node:http'
import { readNodeRequest } from './node/node-request.ts'
import { writeNodeResponse } from './node/node-response.ts'

/**
 * A relay as Node's own `(request, response)` handler: streams both ways with backpressure, sends headers at once,
 * and aborts the relay's request as soon as the client has left. A body that `express.json()` or the like has read before
 * is taken from `request.body`. Never throws.
 */
export function toNodeHandler(
  relay: (request: Request) => Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    const left = new AbortController()
    const leave = (): void => {
      if (!outgoing.writableFinished) left.abort()
    }
    outgoing.once('close', leave)
    // Whoever left while a middleware before us was at work says so no second time.
    if (outgoing.destroyed) leave()
    // What is left of a body that nobody read would stand in the way of the connection's next request.
    outgoing.once('finish', () => incoming.removeAllListeners('data').resume())
    // A socket that breaks says so through 'close', too; without a listener its 'error' would end the process.
    outgoing.on('error', ignore)
    incoming.on('error', ignore)
    answer(incoming, relay, left.signal)
      .then((response) => writeNodeResponse(outgoing, response, left.signal))
      .catch(() => fail(outgoing))
  }
}

/** On its own, so that nothing of the request is kept for as long as the answer streams. */
async function answer(
  incoming: IncomingMessage,
  relay: (request: Request) => Promise<Response>,
  left: AbortSignal,
): Promise<Response> {
  const request = readNodeRequest(incoming, left)
  return request === null ? refusal(400, 'invalid') : relay(request)
}

function fail(outgoing: ServerResponse): void {
  if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy()
  else outgoing.writeHead(500).end()
}

function refusal(status: number, code: string): Response {
  return Response.json(
    { error: { code, status } },
    { status, headers: { 'cache-control': 'no-store' } },
  )
}

function ignore(): void {
  // The client has left, and left.abort() has said so.
}
