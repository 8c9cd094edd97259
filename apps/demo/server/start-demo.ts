import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { anonymousCookie, createRelay } from '@fluokit/relay'
import { toNodeHandler } from '@fluokit/relay/node'
import { buildPage } from './build-page.ts'
import { findUpstream, type UpstreamOptions } from './find-upstream.ts'
import { readKeys } from './read-keys.ts'
import { servePage } from './serve-page.ts'

export interface DemoOptions extends UpstreamOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Where the relay writes what went wrong. */
  readonly log: (line: string) => void
}

export interface Demo {
  readonly url: string
  readonly port: number
  /** Which agent answers, in a sentence. */
  readonly agent: string
  close(): Promise<void>
}

/** The page, the relay behind it and, without the real Fluo's three variables, the stand-in behind that. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const stateDir = options.stateDir ?? join(import.meta.dirname, '../.state')
  const server = createServer()
  await listen(server, options.port)
  const upstream = await findUpstream({ ...options, stateDir })
  const { agentId, isStandIn } = upstream
  const keys = readKeys(join(stateDir, 'keys.json'))
  const relay = toNodeHandler(
    createRelay({
      apiKey: upstream.apiKey,
      projectId: upstream.projectId,
      baseUrl: upstream.baseUrl,
      agents: [agentId],
      sealKeys: [{ id: 'demo', key: keys.seal }],
      authorize: anonymousCookie({ key: keys.cookie }),
      log: ({ level, event, code, status, upstreamStatus, requestId }) => {
        if (level === 'info') return
        options.log(
          `relay: ${[event, code, status, upstreamStatus, requestId].filter(Boolean).join(' ')}`,
        )
      },
    }),
  )
  const page = servePage(await buildPage({ agentId, isStandIn }))
  server.on('request', (request, response) => {
    if (request.url?.split('?')[0] === '/api/fluo') relay(request, response)
    else page(request, response)
  })

  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    agent: isStandIn
      ? 'A stand-in answers. Set FLUO_API_KEY, FLUO_PROJECT_ID and FLUO_AGENT_ID for the real Fluo.'
      : `Fluo's agent ${agentId} answers.`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await upstream.close()
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}
