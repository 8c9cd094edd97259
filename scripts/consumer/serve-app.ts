import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** A server before a built application and its relay. */
export interface Served {
  readonly url: string
  /** All that the relay answered: headers and bodies. */
  readonly answered: () => string
  close(): void
}

/**
 * Serves a built application on loopback as a web server would, with the relay behind `/api/fluo` if there is one, to
 * browsers that it signs in.
 */
export async function serveApp(dist: string, relayPort: number | null): Promise<Served> {
  let answered = ''
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? '/'
    if (path === '/api/fluo' && relayPort !== null) {
      const { method, headers } = incoming
      const options = { host: '127.0.0.1', port: relayPort, path, method, headers }
      const upstream = request(options, (answer) => {
        answered += JSON.stringify(answer.headers)
        answer.on('data', (chunk: Buffer) => (answered += chunk.toString()))
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      upstream.on('error', () => outgoing.destroy())
      outgoing.on('close', () => upstream.destroy())
      incoming.pipe(upstream)
      return
    }
    try {
      const file = readFileSync(join(dist, normalize(path)))
      outgoing.setHeader('set-cookie', 'session=of-ada; HttpOnly; SameSite=Strict')
      outgoing.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(file)
    } catch {
      outgoing.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: () => answered,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
