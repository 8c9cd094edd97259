import type { ServerResponse } from 'node:http'

/** Sends a web-standard response through Node's: headers at once, then piece by piece as fast as the client takes them. */
export async function writeNodeResponse(
  outgoing: ServerResponse,
  response: Response,
  left: AbortSignal,
): Promise<void> {
  const reader = response.body?.getReader()
  const leave = (): void => void reader?.cancel().catch(ignore)
  if (left.aborted || outgoing.destroyed) return leave()
  left.addEventListener('abort', leave, { once: true })
  try {
    writeHead(outgoing, response)
    for (;;) {
      const next = await reader?.read()
      if (next === undefined || next.done) break
      if (left.aborted) return
      await write(outgoing, next.value, left)
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

/** Resolves once the piece has been handed to the system, or the client has left. */
async function write(
  outgoing: ServerResponse,
  bytes: Uint8Array,
  left: AbortSignal,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      left.removeEventListener('abort', done)
      resolve()
    }
    left.addEventListener('abort', done, { once: true })
    outgoing.write(bytes, done)
  })
}

function ignore(): void {
  // The body is being left: how it takes that does not matter.
}
