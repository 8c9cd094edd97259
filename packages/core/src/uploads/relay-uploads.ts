import {
  callRelay,
  readRelayError,
  renewing,
  type RelayCallOptions,
} from '../transport/call-relay.ts'
import { postJson } from '../transport/post-json.ts'
import { FluoFault } from '../wire/errors.ts'
import { isPayload } from '../wire/payload.ts'
import { parseSignedUpload, uploadTicketHeader } from '../wire/signed-upload.ts'
import { oneAtFirst } from './one-at-first.ts'
import { putBytes } from './put-bytes.ts'
import { putToStorage } from './put-to-storage.ts'
import { PutFault, type PutOptions, type UploadTransport } from './upload-transport.ts'

/** The same options as `relayTransport` has, and the same URL. */
export type RelayUploadsOptions = RelayCallOptions

/**
 * Uploads through `@fluokit/relay`, which says whether the bytes go straight to the storage or through it: its option `upload`. What
 * a file is called is sealed to its owner. Throws a `FluoFault` for what the relay refuses, and a `PutFault` for what the storage does.
 * With a `fetch` of your own there is no progress: only XMLHttpRequest tells of any.
 */
export function relayUploads(options: RelayUploadsOptions): UploadTransport {
  const inLine = oneAtFirst()
  const ask = async (call: object, signal: AbortSignal): Promise<unknown> => {
    const response = await inLine(() =>
      callRelay(options, call, { signal }, (posted) => postJson(posted, readRelayError)),
    )
    try {
      return await response.json()
    } catch {
      throw new FluoFault({ code: 'network', status: response.status })
    }
  }

  async function putToRelay(ticket: string, file: Blob, how: PutOptions): Promise<void> {
    await renewing(options, async (headers) => {
      headers.set('content-type', 'application/octet-stream')
      headers.set(uploadTicketHeader, ticket)
      const answer = await putBytes({
        ...how,
        url: options.url,
        headers,
        body: file,
        credentials: options.credentials ?? 'same-origin',
        fetch: options.fetch,
      })
      if (answer.status >= 200 && answer.status < 300) return
      if (answer.status === 410) throw new PutFault(410, true)
      throw new FluoFault(readRelayError(answer, answer.body))
    })
  }

  return {
    async request({ name, mediaType, size }, signal) {
      const upload = parseSignedUpload(await ask({ op: 'upload', name, mediaType, size }, signal))
      if (upload === null) throw new FluoFault({ code: 'upstream' })
      return upload
    },
    async put({ url, ticket, headers }, file, how) {
      if (url !== null)
        return putToStorage({ url, headers }, file, { ...how, fetch: options.fetch })
      return putToRelay(ticket ?? '', file, how)
    },
    async view(ref, signal) {
      const answer = await ask({ op: 'view', ref }, signal)
      const url = isPayload(answer) ? answer['url'] : null
      if (typeof url !== 'string' || !/^https?:\/\//.test(url)) {
        throw new FluoFault({ code: 'upstream' })
      }
      return url
    },
  }
}
