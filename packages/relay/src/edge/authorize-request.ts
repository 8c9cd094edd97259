import { Refusal } from '../answer/refusal.ts'
import type { Authorization, RelayOptions } from '../options/relay-options.ts'

/**
 * Who asks, or the application's own answer. Refuses with 401 for null, and with 500 when `authorize` itself fails.
 * `authorize` sees a request without a body: nobody's body is read before it is known who asks.
 */
export async function authorizeRequest(
  request: Request,
  authorize: RelayOptions['authorize'],
): Promise<{ readonly userId: string; readonly headers: Headers } | Response> {
  const found = await ask(request, authorize)
  if (found instanceof Response) return found
  if (found === null) throw new Refusal(401, 'unauthorized', { detail: 'authorize returned null.' })
  if (typeof found?.userId !== 'string' || found.userId === '') {
    throw new Refusal(500, 'upstream', { detail: 'authorize returned no userId.' })
  }
  return { userId: found.userId, headers: headersOf(found.headers) }
}

/** The platform's own message would quote the value, which may be a session's. */
function headersOf(headers: Authorization['headers']): Headers {
  try {
    return new Headers(headers)
  } catch {
    throw new Refusal(500, 'upstream', {
      detail: 'authorize returned headers that no answer can carry.',
    })
  }
}

async function ask(
  request: Request,
  authorize: RelayOptions['authorize'],
): Promise<Awaited<ReturnType<RelayOptions['authorize']>>> {
  try {
    const { url, method, headers, signal } = request
    return await authorize(new Request(url, { method, headers, signal }))
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : ''
    throw new Refusal(500, 'upstream', { detail: `authorize threw: ${reason}` })
  }
}
