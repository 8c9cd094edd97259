import { request as call, type Agent, type IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'

/** Passes a request on as it came and resolves with the answer of the target. */
export function callTarget(
  target: string,
  request: Readable & { readonly method?: string | undefined; readonly url?: string | undefined },
  headers: Readonly<Record<string, string | string[] | undefined>>,
  agent: Agent,
): Promise<IncomingMessage> {
  const own = Object.entries(headers).filter(
    ([name]) => !name.startsWith(':') && name !== 'host' && name !== 'connection',
  )
  return new Promise((resolve, reject) => {
    const passed = call(
      target + (request.url ?? '/'),
      { method: request.method ?? 'GET', headers: Object.fromEntries(own), agent },
      resolve,
    )
    passed.on('error', reject)
    request.pipe(passed)
  })
}

export function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true
}
