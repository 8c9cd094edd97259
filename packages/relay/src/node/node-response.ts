import type { ServerResponse } from 'node:http'

/** Sends a web-standard response through Node's: headers at once, then piece by piece as fast as the client takes them. */
export async function writeNodeResponse(
  outgoing: ServerResponse,
  response: Response,
  left: AbortSignal,
): Promise<void> {
  const reader = response.body?.getReader()
  let goOn: (() => void) | null = null
  const leave = (): void => {
    void reader?.cancel().catch(ignore)
    goOn?.()
  }
  if (left.aborted || outgoing.destroyed) return leave()
  left.addEventListener('abort', leave, { once: true })
  try {
    writeHead(outgoing, response)
    const write = isEncodedOnTheWay(outgoing, response)
      ? writeThrough(outgoing)
      : writeOut(outgoing)
    for (;;) {
      const next = await reader?.read()
      if (next === undefined || next.done) break
      if (left.aborted) return
      // Until the piece has been handed on, or the client has left.
      await new Promise<void>((resolve) => {
        goOn = resolve
        write(next.value, resolve)
      })
    }
    if (!left.aborted) outgoing.end()
  } catch (thrown) {
    if (!outgoing.headersSent) throw thrown
    // The body broke off. Ending the response would make it look whole; everything before has been handed over.
    outgoing.destroy()
  } finally {
    left.removeEventListener('abort', leave)
  }
}

function writeHead(outgoing: ServerResponse, response: Response): void {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  outgoing.flushHeaders()
}

/** Whether a middleware, as Express's `compression()`, encodes what we write: by now it has said so in the headers. */
function isEncodedOnTheWay(outgoing: ServerResponse, { headers }: Response): boolean {
  return outgoing.hasHeader('content-encoding') && !headers.has('content-encoding')
}

type Write = (bytes: Uint8Array, done: () => void) => void

/** Done once the piece has been handed to the system. */
function writeOut(outgoing: ServerResponse): Write {
  return (bytes, done) => void outgoing.write(bytes, () => done())
}

/**
 * Done once there is room for more: such a middleware forgets the callback of a write, and a listener that is added with
 * `once` as well.
 */
function writeThrough(outgoing: ServerResponse): Write {
  let go = ignore
  outgoing.on('drain', () => go())
  return (bytes, done) => {
    go = done
    if (outgoing.write(bytes)) done()
  }
}

function ignore(): void {
  // The body is being left, or nobody waits for room: there is nothing to do.
}
