// A relay of its own process for load, so that its memory and its time are its own. Tells its parent its port, and, when
// asked, how much memory it has and what it has logged that is no good news.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRelay } from '../../../packages/relay/src/index.ts'
import { toNodeHandler } from '../../../packages/relay/src/node.ts'

const [baseUrl = '', graceMs = '0'] = process.argv.slice(2)
let troubles: string[] = []
const relay = createRelay({
  apiKey: 'key-of-the-load',
  projectId: 'project-of-the-load',
  agents: ['agent'],
  sealKeys: [{ id: 'a', key: crypto.getRandomValues(new Uint8Array(32)) }],
  authorize: ({ headers }) => ({ userId: headers.get('x-user') ?? '' }),
  baseUrl,
  graceMs: Number(graceMs),
  log({ level, event, end, code, detail }) {
    if (level !== 'info') troubles.push([event, end, code, detail].filter(Boolean).join(' '))
  },
})
const server = createServer(toNodeHandler(relay))

process.on('message', () => {
  const { rss } = process.memoryUsage()
  process.send?.({ answer: { rss, troubles } })
  troubles = []
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
