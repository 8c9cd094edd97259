// A Fluo of its own process for load: answers every POST with `eventsPerSecond` deltas a second, each with the time at
// which it was written, and with a final after `runSeconds`. Tells its parent its port, when a connection is closed before
// its answer was whole, and, when asked, how many answers are open.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { timestamp } from './timestamp.ts'

interface Answer {
  readonly response: ServerResponse
  readonly phase: number
  left: number
}

const [eventsPerSecond = 5, runSeconds = 30] = process.argv.slice(2).map(Number)
const ticksPerSecond = 50
const ticksPerEvent = Math.max(1, Math.round(ticksPerSecond / eventsPerSecond))
const answers = new Set<Answer>()
let asked = 0
let tick = 0

const server = createServer((request, response) => {
  asked += 1
  const answer = { response, phase: asked % ticksPerEvent, left: eventsPerSecond * runSeconds }
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (text: string) => (body += text))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('event: run_start\ndata: {"thread_id":"thread_of_the_load"}\n\n')
  answers.add(answer)
  response.once('close', () => {
    answers.delete(answer)
    if (response.writableFinished) return
    const { query } = JSON.parse(body) as { query: string }
    process.send?.({ closed: query, at: timestamp() })
  })
})
// Longer than a relay keeps a connection that it may use again: else it takes one that is just being closed.
server.keepAliveTimeout = 60_000

function write(answer: Answer): void {
  answer.left -= 1
  if (answer.left > 0) {
    const delta = `Some words at @${timestamp()}@, as they come. `
    answer.response.write(`event: message_delta\ndata: ${JSON.stringify({ delta })}\n\n`)
  } else {
    answers.delete(answer)
    answer.response.end('event: message_final\ndata: {}\n\n')
  }
}

setInterval(() => {
  tick += 1
  for (const answer of answers) if ((tick + answer.phase) % ticksPerEvent === 0) write(answer)
}, 1000 / ticksPerSecond)

process.on('message', () => process.send?.({ answer: { open: answers.size } }))
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
