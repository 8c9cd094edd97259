import { join } from 'node:path'
import { toNodeHandler } from '@fluokit/relay/node'
import compression from 'compression'
import express from 'express'
import { relay } from './relay.ts'

const port = Number(process.env.PORT ?? 3000)
const app = express()

app.use(compression()) // leaves the relay's streams alone
app.use(express.json()) // the relay takes what it has read
app.post('/api/fluo', toNodeHandler(relay))
app.use(express.static(join(import.meta.dirname, 'page/dist')))

const server = app.listen(port, '127.0.0.1', () => console.log(`http://localhost:${port}`))
process.once('SIGTERM', () => {
  server.close() // takes no more requests, and ends with the last open answer
  setTimeout(() => void relay.close(), 8_000).unref() // or now, before Docker kills it
})
