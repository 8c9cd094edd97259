import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { shapeOf } from '../shapes.ts'
import { answerRun } from './answer-run.ts'
import { answerStream } from './answer-stream.ts'
import { refuse } from './refuse.ts'
import { createRequestLog } from './request-log.ts'
import { routeRequest } from './route-request.ts'
import { createScriptQueue } from './script-queue.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { openThreadBook } from './thread-book.ts'

/**
 * Starts a stand-in for Fluo: a real HTTP server, on loopback only, that speaks Fluo's documented contract. It is not
 * Fluo and says so in the `server` header of every answer. Rejects when the port is taken.
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { apiKey = 'stand-in-key', projectId = 'stand-in-project' } = options
  const { agents = ['agent_demo'], cut = 'event', speed = 1 } = options
  let shape = shapeOf(options.shape ?? 'flat')
  const book = openThreadBook(options.stateFile)
  const queue = createScriptQueue(options.scripts ?? [], options.agent)
  const log = createRequestLog()
  const closing = new AbortController()
  const { signal } = closing
  const settings = { agent: queue.next, book, shape: () => shape, cut, speed, closing: signal }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('server', 'fluokit-stand-in')
    const call = await log.record(request, response)
    const route = routeRequest(call, { apiKey, projectId, agents, threads: book.threads })
    if (route.kind === 'refused') refuse(response, route.step, route)
    else if (route.kind === 'run') await answerRun(response, route, call, settings)
    else await answerStream(response, route, call, settings)
    await call.request.closed
  }
  const answers = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const answered = answer(request, response)
      .catch((thrown: unknown) => {
        process.emitWarning(`The stand-in could not answer: ${String(thrown)}`)
        response.destroy()
      })
      .finally(() => answers.delete(answered))
    answers.add(answered)
  })
  await listen(server, options.port ?? 0)

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    projectId,
    agents,
    requests: log.requests,
    threads: book.threads,
    get openStreams() {
      return log.openStreams()
    },
    nextRequest: () => log.nextRequest(),
    async idle() {
      while (answers.size > 0) await Promise.all(answers)
    },
    play: queue.play,
    setShape: (next) => void (shape = shapeOf(next)),
    async close() {
      closing.abort()
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      server.closeAllConnections()
      await Promise.all([closed, ...answers])
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
