import { errorFromResponse } from '../wire/error-from-response.ts'
import { FluoFault } from '../wire/errors.ts'
import { isPayload } from '../wire/payload.ts'
import { fetchOk } from './fetch-ok.ts'
import { fluoHeaders, fluoUrl, type FluoCallOptions } from './fluo-call.ts'

/** A short-lived URL of a file that was uploaded to Fluo. Throws a `FluoFault`, `file-gone` where Fluo does not know the file. */
export async function fluoViewUrl(
  options: FluoCallOptions,
  blobPath: string,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetchOk(
    {
      url: fluoUrl(options, `uploads/view-url?blobPath=${encodeURIComponent(blobPath)}`),
      headers: await fluoHeaders(options),
      signal,
      fetch: options.fetch ?? fetch,
    },
    (refusal, body) => {
      const error = errorFromResponse(refusal, body)
      return error.status === 404 ? { ...error, code: 'file-gone' } : error
    },
  )
  const answer: unknown = await response.json().catch(() => null)
  const url = isPayload(answer) ? answer['viewUrl'] : null
  if (typeof url !== 'string' || !/^https?:\/\//.test(url))
    throw new FluoFault({ code: 'upstream' })
  return url
}
