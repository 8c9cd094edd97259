import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { anonymousCookie, createMemoryRunLog, createRelay, type RelayOptions } from '@fluokit/relay'
import { toNodeHandler } from '@fluokit/relay/node'
import { buildPage } from './build-page.ts'
import { findUpstream, type Upstream, type UpstreamOptions } from './find-upstream.ts'
import { readKeys } from './read-keys.ts'
import { serveBreaks } from './serve-breaks.ts'
import { servePage } from './serve-page.ts'

export interface DemoOptions extends UpstreamOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** How files are uploaded. @default straight to the storage */
  readonly uploads?: RelayOptions['uploads']
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

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** The page, the relay behind it and, without the real Fluo's three variables, the stand-in behind that. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const server = createServer()
  let isReady: (handler: Handler) => void = () => undefined
  const handler = new Promise<Handler>((resolve) => (isReady = resolve))
  // A tab that was open before the demo is ready waits for it.
  server.on('request', (request, response) => {
    if (isLocal(request)) void handler.then((handle) => handle(request, response))
    else response.writeHead(403, { 'content-type': 'text/plain' }).end('Open http://localhost\n')
  })
  await listen(server, options.port)
  const stateDir = options.stateDir ?? join(import.meta.dirname, '../.state')
  const upstream = await findUpstream({ ...options, stateDir })
  const relay = createDemoRelay(upstream, stateDir, options)
  const breaks = upstream.breakNext === null ? null : serveBreaks(upstream.breakNext)
  const page = servePage(await buildPage(upstream), upstream)
  isReady((request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/api/fluo') relay(request, response)
    else if (path === '/api/break' && breaks !== null) breaks(request, response)
    else page(request, response)
  })

  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    agent: upstream.sentence,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections() // behind that, or a page that resumes at once would come in again
      await closed
      await upstream.close()
    },
  }
}

/** A page elsewhere that makes its name point at this machine must not get in. */
function isLocal({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '')
}

function createDemoRelay(
  upstream: Upstream,
  stateDir: string,
  { log, uploads = {} }: DemoOptions,
): Handler {
  const keys = readKeys(join(stateDir, 'keys.json'))
  return toNodeHandler(
    createRelay({
      apiKey: upstream.apiKey,
      projectId: upstream.projectId,
      baseUrl: upstream.baseUrl,
      agents: [upstream.agentId],
      sealKeys: [{ id: 'demo', key: keys.seal }],
      authorize: anonymousCookie({ key: keys.cookie }),
      uploads,
      runLog: createMemoryRunLog(), // a demo that is started again in this process knows of no run
      log({ level, event, code, status, upstreamStatus, requestId }) {
        if (level === 'info') return
        const facts = [event, code, status, upstreamStatus, requestId]
        log(`relay: ${facts.filter((fact) => fact !== undefined).join(' ')}`)
      },
    }),
  )
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}
