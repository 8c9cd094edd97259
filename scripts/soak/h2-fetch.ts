import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'

/**
 * A `fetch` over HTTP/2 in the clear, a connection a call: the little of it that the transports of the kit use. Node's
 * own fetch speaks HTTP/2 only to servers with certificates.
 */
export async function h2Fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const { origin, pathname, search } = new URL(String(input as string | URL))
  const session = connect(origin)
  const failed = new Promise<never>((_, reject) => session.on('error', reject))
  failed.catch(() => undefined)
  const stream = session.request({
    ':method': init.method ?? 'GET',
    ':path': pathname + search,
    ...Object.fromEntries(new Headers(init.headers)),
  })
  const leave = (): void => stream.close(constants.NGHTTP2_CANCEL)
  init.signal?.addEventListener('abort', leave)
  stream.once('close', () => {
    init.signal?.removeEventListener('abort', leave)
    session.destroy()
  })
  stream.end(init.body as string)
  const headers = await Promise.race([answered(stream), failed])
  return new Response(bodyOf(stream, session), {
    status: Number(headers[':status']),
    headers: { 'content-type': String(headers['content-type']) },
  })
}

function answered(stream: ClientHttp2Stream): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    stream.once('response', resolve)
    stream.on('error', reject)
    stream.once('close', () => reject(new TypeError('closed before an answer')))
  })
}

/** Any end but END_STREAM is an error, as browsers have it. */
function bodyOf(
  stream: ClientHttp2Stream,
  session: ClientHttp2Session,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false
  return new ReadableStream({
    start(controller) {
      stream.on('data', (bytes: Buffer) => {
        if (!isOver) controller.enqueue(new Uint8Array(bytes))
      })
      const end = (): void => {
        if (isOver) return
        isOver = true
        const isWhole = hasEnded && !stream.aborted && stream.rstCode === constants.NGHTTP2_NO_ERROR
        if (isWhole) controller.close()
        else controller.error(new TypeError('terminated'))
      }
      let hasEnded = false
      stream.once('end', () => (hasEnded = true))
      stream.on('error', end)
      session.on('error', end)
      stream.once('close', end)
    },
    cancel() {
      isOver = true
      stream.close(constants.NGHTTP2_CANCEL)
    },
  })
}
