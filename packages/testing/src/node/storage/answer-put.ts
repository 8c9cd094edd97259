import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BlobShelf } from './blob-shelf.ts'
import type { Faults } from './faults.ts'
import { failStorage, refusals, refuseStorage } from './refuse-storage.ts'
import type { UrlSigner } from './sign-url.ts'
import type { StorageSettings } from './stand-in-storage.ts'
import { takeBytes } from './take-bytes.ts'

/** What belongs to Fluo, or to the application, and to no storage. */
const secrets = ['x-api-key', 'x-project-id', 'cookie', 'authorization']

/** What a PUT is answered with. */
export interface PutContext {
  readonly url: URL
  readonly blobPath: string
  readonly shelf: BlobShelf
  readonly signer: UrlSigner
  readonly settings: () => StorageSettings
  readonly faults: Faults
  readonly closing: AbortSignal
  /** Hears how many bytes have come. */
  readonly count: (bytes: number) => void
}

/** Takes the bytes of a file, or says why not. */
export async function answerPut(
  request: IncomingMessage,
  response: ServerResponse,
  { url, blobPath, shelf, signer, settings, faults, closing, count }: PutContext,
): Promise<void> {
  const problem = problemOf(request, { url, blobPath, signer, settings: settings() })
  if (problem !== null) return refuseStorage(response, problem)
  const half = faults.takeDrop() ? Number(request.headers['content-length']) / 2 : Infinity
  const over = new AbortController()
  response.once('close', () => over.abort())
  let read = 0
  const bytes = await takeBytes(request, {
    bytesPerSecond: () => settings().bytesPerSecond,
    signal: AbortSignal.any([closing, over.signal]),
    onBytes(more) {
      read += more
      count(more)
      return read < half
    },
  })
  if (bytes === null || half !== Infinity) return void response.socket?.resetAndDestroy()
  const status = faults.take('put')
  if (status !== null) return failStorage(response, status)
  const name = blobPath.split('/').at(-1) ?? ''
  const mediaType = request.headers['content-type'] ?? ''
  shelf.put({ blobPath, name, mediaType, size: bytes.length }, bytes)
  const etag = createHash('md5').update(bytes).digest('hex')
  response.writeHead(200, { etag: `"${etag}"` }).end()
}

/** In the order in which storages look: what may not come along, who may, and then what it is. */
function problemOf(
  { headers }: IncomingMessage,
  options: {
    readonly url: URL
    readonly blobPath: string
    readonly signer: UrlSigner
    readonly settings: StorageSettings
  },
): keyof typeof refusals | null {
  const { url, blobPath, signer, settings } = options
  const { 'content-type': contentType = '', 'content-length': length } = headers
  if (secrets.some((name) => headers[name] !== undefined)) return 'InvalidRequest'
  const problem = signer.check(url, { method: 'PUT', blobPath, contentType })
  if (problem !== null) return problem === 'expired' ? 'AccessDenied' : 'SignatureDoesNotMatch'
  const demanded = settings.demandedHeader
  if (demanded !== null && headers[demanded.name.toLowerCase()] !== demanded.value) {
    return 'MissingRequiredHeader'
  }
  if (length === undefined) return 'MissingContentLength'
  return Number(length) > settings.largestFile ? 'EntityTooLarge' : null
}
