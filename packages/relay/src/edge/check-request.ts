import { uploadTicketHeader } from '@fluokit/core/wire'
import { Refusal } from '../answer/refusal.ts'

/**
 * Refuses what a page of another site could send without the browser asking first: anything but POST (405), but
 * JSON (415), and requests of pages that are neither of the same origin nor of one that `origins` lists (403). A relay that
 * `takesBytes` takes PUT as well, of `application/octet-stream`.
 */
export function checkRequest(
  request: Request,
  origins: readonly string[],
  takesBytes = false,
): void {
  const { method, headers } = request
  if (method !== 'POST' && !(takesBytes && method === 'PUT')) {
    const detail = headers.has(uploadTicketHeader)
      ? `The relay takes POST only: its option uploads does not say upload: 'relay'.`
      : `The relay takes POST${takesBytes ? ' and PUT' : ''} only.`
    throw new Refusal(405, 'invalid', { detail, allow: takesBytes ? 'POST, PUT' : 'POST' })
  }
  const wanted = method === 'PUT' ? 'application/octet-stream' : 'application/json'
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== wanted) {
    throw new Refusal(415, 'invalid', { detail: `The relay takes ${wanted} only.` })
  }
  if (isSameOrigin(request) || isListed(request, origins)) return
  const origin = headers.get('origin')
  throw new Refusal(403, 'forbidden', {
    detail:
      origin === null
        ? 'The request came from another site, without an origin that the option origins could list.'
        : `The relay's option origins does not list "${origin.slice(0, 100)}".`,
  })
}

function isListed({ headers }: Request, origins: readonly string[]): boolean {
  const origin = headers.get('origin')
  return origin !== null && origins.includes(origin)
}

/**
 * `Sec-Fetch-Site` decides where there is one: pages cannot set it, and it is right behind a proxy that rewrites
 * Host. Else the host of `Origin` must be the request's own. Neither: not a browser, so nobody's cookies.
 */
function isSameOrigin({ headers, url }: Request): boolean {
  const origin = headers.get('origin')
  // A sandboxed frame, a file, a redirect on the way: nobody that could be named.
  if (origin === 'null') return false
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  if (origin === null) return true
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host
}
