import type { FluoError } from '../wire/errors.ts'
import { fetchOk } from './fetch-ok.ts'

export interface PostedJson {
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly credentials?: RequestCredentials
  /** Whether it goes on when its page is left. */
  readonly keepalive?: boolean
  readonly signal?: AbortSignal
  readonly fetch: typeof fetch
}

/** Posts JSON, and returns the answer where it is a 2xx. Throws as {@link fetchOk} does. */
export async function postJson(
  { headers, ...request }: PostedJson,
  readError: (response: Response, body: string) => FluoError,
): Promise<Response> {
  headers.set('content-type', 'application/json')
  return fetchOk({ method: 'POST', headers, ...request }, readError)
}
