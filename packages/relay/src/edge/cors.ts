/** What pages of listed origins may do. Without a listed origin it does nothing at all. */
export interface Cors {
  /** Whether a listed origin asks what it may send. */
  isPreflight(request: Request): boolean
  /** The answer with the headers that let a listed origin's page read it; an unlisted one gets none that do. */
  mark(request: Request, response: Response): Response
}

/** What a page of a listed origin may read beside the body. */
const exposed = 'x-request-id, retry-after, fluokit-run-end'
const alwaysAllowed = ['content-type', 'authorization']
const mostHeaders = 32
const preflightSeconds = 3600

/** CORS for exactly these origins: each gets its own name back, never `*`, and may send credentials, by these methods. */
export function createCors(origins: readonly string[], methods = 'POST'): Cors {
  const listed = new Set(origins)
  const originOf = ({ headers }: Request): string | null => {
    const origin = headers.get('origin')
    return origin !== null && listed.has(origin) ? origin : null
  }
  return {
    isPreflight: (request) =>
      request.method === 'OPTIONS' &&
      request.headers.has('access-control-request-method') &&
      originOf(request) !== null,
    mark(request, response) {
      if (listed.size === 0) return response
      const { status, statusText, body } = response
      const headers = new Headers(response.headers)
      // On answers to others, too: a cache must not hand one origin's answer to another.
      headers.append('vary', 'origin')
      const origin = originOf(request)
      if (origin !== null) {
        headers.set('access-control-allow-origin', origin)
        headers.set('access-control-allow-credentials', 'true')
        headers.append('access-control-expose-headers', exposed)
        if (request.method === 'OPTIONS') allow(request, headers, methods)
      }
      return new Response(body, { status, statusText, headers })
    },
  }
}

function allow(request: Request, headers: Headers, methods: string): void {
  headers.set('access-control-allow-methods', methods)
  headers.set('access-control-allow-headers', allowedHeaders(request).join(', '))
  headers.set('access-control-max-age', String(preflightSeconds))
}

/** What the page asks for, as far as it is a header's name: the relay reads few, and `authorize` may read any. */
function allowedHeaders({ headers }: Request): readonly string[] {
  const asked = (headers.get('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => /^[a-z][a-z0-9-]{0,63}$/.test(name))
  return [...new Set([...alwaysAllowed, ...asked])].slice(0, mostHeaders)
}
