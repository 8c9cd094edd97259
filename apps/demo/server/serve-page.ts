import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { Page } from './build-page.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.md': 'text/markdown; charset=utf-8',
  '.pdf': 'application/pdf',
}

/** What the page may load: of other places only files, and pictures of those that a person has chosen. */
function policyFor(files: string): string {
  return [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' ${files}`,
    `img-src 'self' data: blob: ${files}`,
    `media-src 'self' blob: ${files}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * Answers with the built page's files, under a content security policy that the kit runs well within. `files` are the
 * policy's sources from which and to which files go.
 */
export function servePage(
  page: Page,
  { files }: { readonly files: string },
): (request: IncomingMessage, response: ServerResponse) => void {
  const policy = policyFor(files)
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '/'
    const name = path === '/' ? '/index.html' : path
    const file = page.get(name)
    if (file === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...(name.startsWith('/policies/') && { 'content-disposition': 'attachment' }),
    })
    response.end(request.method === 'HEAD' ? undefined : file)
  }
}
