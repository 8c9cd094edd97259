// A relay of its own process for load, so that its memory and its time are its own. Tells its parent its port, and, when
// asked, how much memory it has.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRelay } from '@fluokit/relay'
import { toNodeHandler } from '@fluokit/relay/node'

const [baseUrl = '', graceMs = '0'] = process.argv.slice(2)
const errors: string[] = []
const relay = createRelay({
  apiKey: 'key-of-the-load',
  projectId: 'project-of-the-load',
  agents: ['agent'],
  sealKeys: [{ id: 'a', key: crypto.getRandomValues(new Uint8Array(32)) }],
  authorize: ({ headers }) => ({ userId: headers.get('x-user') ?? '' }),
  baseUrl,
  graceMs: Number(graceMs),
  fetch: (url, init) => {
    const headers = new Headers(init?.headers)
    const { contexts = [] } = JSON.parse(String(init?.body)) as { contexts?: string[] }
    headers.set('x-run', contexts[0] ?? '')
    return fetch(url, { ...init, headers })
  },
  log: ({ level, event, end, detail }) => {
    if (level !== 'info') errors.push(`${event} ${end ?? ''} ${detail ?? ''}`)
  },
})
const server = createServer(toNodeHandler(relay))

process.on('message', () => {
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send?.({ rss, heapUsed, cpuMs: (user + system) / 1000, errors: errors.splice(0) })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
