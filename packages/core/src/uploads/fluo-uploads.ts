import { fetchOk } from '../transport/fetch-ok.ts'
import { fluoHeaders, fluoUrl, type FluoCallOptions } from '../transport/fluo-call.ts'
import { fluoViewUrl } from '../transport/fluo-view-url.ts'
import { errorFromResponse } from '../wire/error-from-response.ts'
import { FluoFault } from '../wire/errors.ts'
import { isPayload } from '../wire/payload.ts'
import { putToStorage } from './put-to-storage.ts'
import type { UploadRequest, UploadTransport } from './upload-transport.ts'

export interface FluoUploadsOptions extends FluoCallOptions {
  /** Headers for each PUT beside the media type, for storages with demands. No header of Fluo's belongs here. */
  readonly putHeaders?: (file: UploadRequest) => Readonly<Record<string, string>>
}

/**
 * Uploads to an endpoint that speaks Fluo's own contract, beside `fluoTransport`. What a file is called is Fluo's own path of it here,
 * sealed to nobody. Throws a `FluoFault` for what Fluo refuses, and a `PutFault` for what the storage does.
 */
export function fluoUploads(options: FluoUploadsOptions): UploadTransport {
  return {
    async request(file, signal) {
      const headers = await fluoHeaders(options)
      headers.set('content-type', 'application/json')
      const { name: filename, mediaType: contentType } = file
      const response = await fetchOk(
        {
          url: fluoUrl(options, 'uploads/request'),
          method: 'POST',
          headers,
          body: JSON.stringify({ filename, contentType, purpose: 'chat' }),
          signal,
          fetch: options.fetch ?? fetch,
        },
        errorFromResponse,
      )
      const answer: unknown = await response.json().catch(() => null)
      const { signedUrl, blobPath } = isPayload(answer) ? answer : {}
      if (typeof signedUrl !== 'string' || typeof blobPath !== 'string') {
        throw new FluoFault({ code: 'upstream' })
      }
      const demanded = options.putHeaders?.(file)
      return {
        ref: blobPath,
        url: signedUrl,
        ticket: null,
        headers: { ...demanded, 'content-type': contentType },
      }
    },
    put: ({ url, headers }, file, how) =>
      putToStorage({ url: url ?? '', headers }, file, { ...how, fetch: options.fetch }),
    view: (ref, signal) => fluoViewUrl(options, ref, signal),
  }
}
