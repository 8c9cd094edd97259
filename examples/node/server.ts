import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'
import { toNodeHandler } from '@fluokit/relay/node'
import { relay } from './relay.ts'

const port = Number(process.env.PORT ?? 3000)
const fluo = toNodeHandler(relay)
const types = { js: 'text/javascript', html: 'text/html' }

// Whoever takes longer to send a request is hung up on. How long an answer takes is the relay's own matter.
const server = createServer(
  { headersTimeout: 10_000, requestTimeout: 30_000 },
  (request, response) => {
    const path = request.url?.split('?')[0] ?? '/'
    if (path === '/api/fluo') return fluo(request, response)
    const file = normalize(path === '/' ? '/index.html' : path)
    createReadStream(join(import.meta.dirname, 'page/dist', file))
      .on('error', () => response.writeHead(404).end())
      .once('open', () =>
        response.setHeader('content-type', types[file.endsWith('.js') ? 'js' : 'html']),
      )
      .pipe(response)
  },
)
server.listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}`))
process.once('SIGTERM', () => {
  server.close() // takes no more requests, and ends with the last open answer
  setTimeout(() => void relay.close(), 8_000).unref() // or now, before Docker kills it
})
