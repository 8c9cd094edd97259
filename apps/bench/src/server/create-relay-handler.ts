import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * The relay as an application would run it, from the packed package, in front of a Fluo at `baseUrl`: what Fluokit's page
 * talks to. Imported late, for it is installed by the bench itself.
 */
export async function createRelayHandler(
  baseUrl: string,
): Promise<(request: IncomingMessage, response: ServerResponse) => void | Promise<void>> {
  const { createRelay } = await import('@fluokit/relay')
  const { toNodeHandler } = await import('@fluokit/relay/node')
  return toNodeHandler(
    createRelay({
      apiKey: randomBytes(16).toString('hex'),
      projectId: 'bench',
      agents: ['bench'],
      baseUrl,
      sealKeys: [{ id: '1', key: randomBytes(32) }],
      authorize: () => ({ userId: 'bench' }),
      graceMs: 0,
    }),
  )
}
