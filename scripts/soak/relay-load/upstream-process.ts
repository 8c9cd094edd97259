// A Fluo of its own process for load: answers every POST with `eventsPerSecond` deltas a second, each with the time at
// which it was written, and with a final after `runSeconds`. Tells its parent its port, and what it is asked for.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { timestamp } from './timestamp.ts'

interface Stream {
  readonly response: ServerResponse
  readonly phase: number
  left: number
}

const [eventsPerSecond = 5, runSeconds = 30] = process.argv.slice(2).map(Number)
const ticksPerSecond = 50
const ticksPerEvent = Math.max(1, Math.round(ticksPerSecond / eventsPerSecond))
const streams = new Set<Stream>()
let asked = 0
let tick = 0

const server = createServer((request, response) => {
  asked += 1
  const phase = asked % ticksPerEvent
  const stream = { response, phase, left: Math.round(eventsPerSecond * runSeconds) }
  const name = request.headers['x-run']
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('event: run_start\ndata: {"thread_id":"thread_of_the_load"}\n\n')
  streams.add(stream)
  response.once('close', () => {
    streams.delete(stream)
    if (!response.writableFinished) process.send?.({ closed: timestamp(), name })
  })
})

setInterval(() => {
  tick += 1
  for (const stream of streams) {
    if ((tick + stream.phase) % ticksPerEvent !== 0) continue
    stream.left -= 1
    if (stream.left > 0) {
      const delta = `Some words at @${timestamp()}@, as they come. `
      stream.response.write(`event: message_delta\ndata: ${JSON.stringify({ delta })}\n\n`)
    } else {
      streams.delete(stream)
      stream.response.end('event: message_final\ndata: {}\n\n')
    }
  }
}, 1000 / ticksPerSecond)

process.on('message', () => process.send?.({ asked, open: streams.size }))
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
