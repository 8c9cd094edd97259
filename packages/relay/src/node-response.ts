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
    const isEncoded = isEncodedOnTheWay(outgoing, response)
    // Such a middleware forgets the callback of a write, and a listener that is added with `once` as well.
    if (isEncoded) outgoing.on('drain', () => goOn?.())
    for (;;) {
      const next = await reader?.read()
      if (next === undefined || next.done) break
      if (left.aborted) return
      // Until the piece has been handed to the system (encoded: until there is room for more), or the client has left.
      await new Promise<void>((resolve) => {
        goOn = resolve
        if (!isEncoded) outgoing.write(next.value, () => resolve())
        else if (outgoing.write(next.value)) resolve()
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

function ignore(): void {
  // The body is being left: how it takes that does not matter.
}
