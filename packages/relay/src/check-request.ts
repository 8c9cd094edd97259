import { Refusal } from './refusal.ts'

/**
 * Refuses what a page of another site could send without the browser asking first: anything but POST (405), but
 * JSON (415), and requests that come from elsewhere (403).
 */
export function checkRequest(request: Request): void {
  if (request.method !== 'POST') {
    throw new Refusal(405, 'invalid', { detail: 'The relay takes POST only.' })
  }
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new Refusal(415, 'invalid', { detail: 'The relay takes application/json only.' })
  }
  if (!isSameOrigin(request)) {
    throw new Refusal(403, 'forbidden', { detail: 'The request came from another origin.' })
  }
}

/**
 * `Sec-Fetch-Site` decides where there is one: pages cannot set it, and it is right behind a proxy that rewrites
 * Host. Else the host of `Origin` must be the request's own. Neither: not a browser, so nobody's cookies.
 */
function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin === null) return true
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host
}
