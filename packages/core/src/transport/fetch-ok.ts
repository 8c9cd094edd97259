import { FluoFault, type FluoError } from '../wire/errors.ts'
import { readRefusal } from '../wire/read-refusal.ts'

export interface OkRequest extends RequestInit {
  readonly url: string
  readonly fetch: typeof fetch
}

/**
 * Asks, and returns the answer where it is a 2xx. Redirects are never followed. Throws a `FluoFault`: `network` when
 * nothing answered, `upstream` for a redirect, and what `readError` makes of a refusal.
 */
export async function fetchOk(
  { fetch: call, url, ...request }: OkRequest,
  readError: (response: Response, body: string) => FluoError,
): Promise<Response> {
  let response: Response
  try {
    response = await call(url, { redirect: 'manual', cache: 'no-store', ...request })
  } catch {
    throw new FluoFault({ code: 'network' })
  }
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    void response.body?.cancel().catch(() => undefined)
    throw new FluoFault({ code: 'upstream', status: response.status || 302 })
  }
  if (!response.ok) throw new FluoFault(readError(response, await readRefusal(response)))
  return response
}
