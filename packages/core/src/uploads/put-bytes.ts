import { FluoFault } from '../wire/errors.ts'
import type { PutOptions } from './upload-transport.ts'

export interface PutRequest extends PutOptions {
  readonly url: string
  readonly headers: Headers
  readonly body: Blob
  /** To whom cookies go along. A storage never gets any. */
  readonly credentials: RequestCredentials
  /** In the place of the browser's own way, which alone can tell the progress. */
  readonly fetch?: typeof fetch | undefined
}

/** What came back. */
export interface PutAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** A connection that took no byte for so long is dead, in milliseconds. */
const longestSilence = 60_000
/** So long may the answer take once all bytes are sent: a relay waits for its storage for two minutes. */
const longestAnswer = 150_000

/**
 * Puts bytes. By XMLHttpRequest, the only one that tells a page how far it has come; by `fetch` where there is none, as in Node,
 * and where only that leaves cookies out. Throws a `FluoFault` of the code `network` for a lost connection, one that is refused by CORS included, and the signal's reason.
 */
export async function putBytes(request: PutRequest): Promise<PutAnswer> {
  request.signal.throwIfAborted()
  const hasXhr = request.fetch === undefined && 'XMLHttpRequest' in globalThis
  const hasProgress = hasXhr && !(request.credentials === 'omit' && isOfPage(request.url))
  return hasProgress ? putByXhr(request) : putByFetch(request)
}

/** Whether a URL is of the page's own origin, where an XMLHttpRequest has cookies along whatever it is told. */
function isOfPage(url: string): boolean {
  return URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin
}

function putByXhr({ url, headers, body, credentials, ...how }: PutRequest): Promise<PutAnswer> {
  const { signal, onProgress } = how
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout> | undefined
    const listen = (longest = longestSilence): void => {
      clearTimeout(silence)
      silence = setTimeout(() => xhr.abort(), longest)
    }
    const leave = (): void => xhr.abort()
    signal.addEventListener('abort', leave)
    xhr.upload.addEventListener('progress', ({ loaded }) => {
      listen()
      onProgress(loaded)
    })
    xhr.upload.addEventListener('load', () => listen(longestAnswer))
    xhr.addEventListener('loadend', () => {
      clearTimeout(silence)
      signal.removeEventListener('abort', leave)
      const { status } = xhr
      if (signal.aborted) reject(signal.reason as Error)
      else if (status === 0) reject(new FluoFault({ code: 'network' }))
      else resolve({ status, headers: headersOf(xhr), body: xhr.responseText })
    })
    xhr.open('PUT', url)
    xhr.withCredentials = credentials === 'include'
    for (const [name, value] of headers) xhr.setRequestHeader(name, value)
    listen()
    xhr.send(body)
  })
}

function headersOf(xhr: XMLHttpRequest): Headers {
  const headers = new Headers()
  for (const line of xhr.getAllResponseHeaders().split('\r\n')) {
    const [name = '', ...value] = line.split(': ')
    if (name !== '') headers.append(name, value.join(': '))
  }
  return headers
}

async function putByFetch(request: PutRequest): Promise<PutAnswer> {
  const { fetch: call = fetch, url, headers, body, credentials, signal, onProgress } = request
  let response: Response
  try {
    response = await call(url, {
      method: 'PUT',
      headers,
      body,
      credentials,
      redirect: 'manual',
      cache: 'no-store',
      signal,
    })
  } catch {
    signal.throwIfAborted()
    throw new FluoFault({ code: 'network' })
  }
  onProgress(body.size)
  const text = await response.text().catch(() => '')
  return { status: response.status || 302, headers: response.headers, body: text }
}
