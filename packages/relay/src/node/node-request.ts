import type { IncomingMessage } from 'node:http'

/**
 * A web-standard request for one of Node's, or null when its host, target, headers or parsed body are not what they
 * should be.
 */
export function readNodeRequest(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  const url = urlOf(incoming)
  if (url === null) return null
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  try {
    return new Request(url, {
      method,
      headers: headersOf(incoming),
      signal,
      ...(hasBody && { body: bodyOf(incoming), duplex: 'half' as const }),
    })
  } catch {
    return null
  }
}

/** Put together as text: `new URL(target, base)` would let a target such as `//other.example/` choose the host. */
function urlOf(incoming: IncomingMessage): string | null {
  // Express and connect cut the path they are mounted at off `url`.
  const { originalUrl } = incoming as IncomingMessage & { readonly originalUrl?: unknown }
  const target = typeof originalUrl === 'string' ? originalUrl : (incoming.url ?? '/')
  const authority: unknown = incoming.headers[':authority'] ?? incoming.headers.host
  if (
    typeof authority !== 'string' ||
    !/^[\w.-]+(:\d{1,5})?$|^\[[\da-fA-F:.]+\](:\d{1,5})?$/.test(authority)
  )
    return null
  if (!target.startsWith('/')) return null
  const isSecure = 'encrypted' in incoming.socket && incoming.socket.encrypted === true
  const url = `${isSecure ? 'https' : 'http'}://${authority}${target}`
  return URL.canParse(url) ? url : null
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name.startsWith(':') || value === undefined) continue
    for (const item of Array.isArray(value) ? value : [value]) headers.append(name, item)
  }
  return headers
}

/** The body as it comes in; or, where a body parser has read it already, what that has left in `request.body`. */
function bodyOf(incoming: IncomingMessage): NonNullable<RequestInit['body']> {
  if (!incoming.readableEnded) return streamOf(incoming)
  const { body } = incoming as IncomingMessage & { readonly body?: unknown }
  if (body === undefined) return ''
  if (typeof body === 'string') return body
  // Express's raw() leaves bytes; whatever else there is was JSON, and the relay counts and checks it as JSON.
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isOpen = true
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const take = (chunk: Uint8Array): void => {
        if (!isOpen) return
        controller.enqueue(new Uint8Array(chunk))
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause()
      }
      const end = (): void => close(() => controller.close())
      const fail = (error: Error): void => close(() => controller.error(error))
      const leave = (): void => fail(new Error('The client left.'))
      // Node goes on emitting after a cancel; a closed controller would throw into its event loop. And a request lives as
      // long as its answer streams: what listens to it would keep the body that was read.
      const close = (then: () => void): void => {
        if (isOpen) then()
        isOpen = false
        incoming.off('data', take).off('end', end).off('error', fail).off('close', leave)
      }
      incoming.on('data', take).once('end', end).once('error', fail).once('close', leave)
      incoming.pause()
    },
    pull() {
      incoming.resume()
    },
    cancel() {
      isOpen = false
    },
  })
}
