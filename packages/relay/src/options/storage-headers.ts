/** What a request has of its own, what fetch sets by itself, and what would carry a credential. */
const refused =
  /^(accept|accept-.*|access-control-.*|authorization|connection|content-encoding|content-length|content-type|cookie2?|date|dnt|expect|fluokit-.*|forwarded|host|keep-alive|origin|permissions-policy|proxy-.*|referer|sec-.*|set-cookie2?|te|trailer|transfer-encoding|upgrade|user-agent|via|x-api-key|x-forwarded-.*|x-project-id)$/
const most = 16
const longestValue = 512

/**
 * The headers of an application for a storage, names in lower case; null where one of them could not be sent, would carry a
 * credential, or is the connection's own.
 */
export function storageHeaders(
  headers: unknown,
  apiKey: string,
): Readonly<Record<string, string>> | null {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return null
  const entries = Object.entries(headers).map(([name, value]: [string, unknown]) => [
    name.toLowerCase(),
    value,
  ])
  const isFine = ([name, value]: readonly unknown[]): boolean =>
    typeof name === 'string' &&
    typeof value === 'string' &&
    /^[a-z\d][a-z\d_-]{0,63}$/.test(name) &&
    !refused.test(name) &&
    /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value) &&
    value.length <= longestValue &&
    !value.includes(apiKey)
  if (entries.length > most || !entries.every(isFine)) return null
  return Object.fromEntries(entries) as Readonly<Record<string, string>>
}
