import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuseStorage } from './refuse-storage.ts'

/**
 * Lets pages of every origin use the storage, and answers their preflights; true where that was all. Every header is allowed, so
 * that one that should not be there gets as far as the refusal that says so.
 */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  { cors }: { readonly cors: boolean },
): boolean {
  const { origin, 'access-control-request-headers': wanted } = request.headers
  if (cors && origin !== undefined) {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-expose-headers', 'etag')
  }
  if (request.method !== 'OPTIONS') return false
  if (!cors) refuseStorage(response, 'AccessForbidden')
  else {
    response.writeHead(204, {
      'access-control-allow-methods': 'GET, HEAD, PUT',
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
      'access-control-max-age': '3000',
      vary: 'access-control-request-headers',
    })
    response.end()
  }
  return true
}
