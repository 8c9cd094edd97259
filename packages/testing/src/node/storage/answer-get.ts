import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BlobShelf } from './blob-shelf.ts'
import { refuseStorage } from './refuse-storage.ts'
import type { UrlSigner } from './sign-url.ts'

/** Shows a file, or a range of it, to whoever has its view URL. */
export function answerGet(
  request: IncomingMessage,
  response: ServerResponse,
  context: {
    readonly url: URL
    readonly blobPath: string
    readonly shelf: BlobShelf
    readonly signer: UrlSigner
  },
): void {
  const { url, blobPath, shelf, signer } = context
  const { headers } = request
  // Cookies know no port: a browser sends those of a page on this machine along with each of its pictures.
  if (['x-api-key', 'x-project-id', 'authorization'].some((name) => headers[name] !== undefined)) {
    return refuseStorage(response, 'InvalidRequest')
  }
  const problem = signer.check(url, { method: 'GET', blobPath, contentType: '' })
  if (problem === 'signature') return refuseStorage(response, 'SignatureDoesNotMatch')
  if (problem === 'expired') return refuseStorage(response, 'AccessDenied')
  const file = shelf.find(blobPath)
  const bytes = shelf.read(blobPath)
  if (file === null || bytes === null) return refuseStorage(response, 'NoSuchKey')
  const range = rangeOf(headers.range, bytes.length)
  response.setHeader('accept-ranges', 'bytes')
  if (range === 'none') {
    response.setHeader('content-range', `bytes */${bytes.length}`)
    return refuseStorage(response, 'InvalidRange')
  }
  const { first, last } = range ?? { first: 0, last: bytes.length - 1 }
  response.writeHead(range === null ? 200 : 206, {
    'content-type': file.mediaType,
    'content-length': last - first + 1,
    'content-disposition': `inline; filename*=UTF-8''${encodeExtended(file.name)}`,
    'x-content-type-options': 'nosniff',
    ...(range !== null && { 'content-range': `bytes ${first}-${last}/${bytes.length}` }),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes.subarray(first, last + 1))
}

/** The one range that is asked for; null for the whole, `none` where nothing is there. */
function rangeOf(
  header: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | 'none' | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first > last ? 'none' : { first, last }
}

/** A name as RFC 8187 writes it: nothing in it ends the header. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
