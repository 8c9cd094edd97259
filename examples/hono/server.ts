import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { relay } from './relay.ts'

const port = Number(process.env.PORT ?? 3000)
const app = new Hono()

app.use(compress()) // leaves the relay's streams alone
app.post('/api/fluo', (context) => relay(context.req.raw))
app.use(serveStatic({ root: './page/dist' }))

const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => {
  console.log(`http://localhost:${port}`)
})
process.once('SIGTERM', () => {
  server.close() // takes no more requests, and ends with the last open answer
  setTimeout(() => void relay.close(), 8_000).unref() // or now, before Docker kills it
})
