import type { IncomingMessage, ServerResponse } from 'node:http'
import { shapeOf } from '../shapes.ts'
import { answerRun } from './answer-run.ts'
import { answerStream } from './answer-stream.ts'
import { refuse } from './refuse.ts'
import { createRequestLog } from './request-log.ts'
import { routeRequest } from './route-request.ts'
import { createScriptQueue } from './script-queue.ts'
import { serve } from './serve.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { answerUpload } from './storage/answer-upload.ts'
import { startStorage } from './storage/start-storage.ts'
import { openThreadBook } from './thread-book.ts'

/**
 * Starts a stand-in for Fluo: a real HTTP server, on loopback only, that speaks Fluo's documented contract. It is not
 * Fluo and says so in the `server` header of every answer. Rejects when the port is taken.
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { apiKey = 'stand-in-key', projectId = 'stand-in-project' } = options
  const { agents = ['agent_demo'], cut = 'event', speed = 1, stateFile } = options
  let shape = shapeOf(options.shape ?? 'flat')
  const book = openThreadBook(stateFile)
  const queue = createScriptQueue(options.scripts ?? [], options.agent)
  const log = createRequestLog()
  const closing = new AbortController()
  const filesIn = stateFile === undefined ? undefined : `${stateFile}.files`
  const storage = await startStorage(options.storage ?? {}, filesIn)
  const play = { cut, speed, shape: () => shape, closing: closing.signal }
  const settings = { agent: queue.next, book, storage, ...play }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('server', 'fluokit-stand-in')
    const call = await log.record(request, response)
    const route = routeRequest(call, { apiKey, projectId, agents, threads: book.threads })
    if (route.kind === 'refused') refuse(response, route.step, route)
    else if (route.kind === 'upload') answerUpload(response, route, storage)
    else if (route.kind === 'view') answerUpload(response, route, storage)
    else if (route.kind === 'run') await answerRun(response, route, call, settings)
    else await answerStream(response, route, call, settings)
    await call.request.closed
  }
  const server = await serve(options.port ?? 0, answer).catch(async (thrown: unknown) => {
    await storage.close()
    throw thrown
  })

  return {
    url: server.url,
    apiKey,
    projectId,
    agents,
    requests: log.requests,
    threads: book.threads,
    storage: storage.handle,
    get openStreams() {
      return log.openStreams()
    },
    nextRequest: () => log.nextRequest(),
    async idle() {
      await server.idle()
      await storage.idle()
    },
    play: queue.play,
    setShape: (next) => void (shape = shapeOf(next)),
    async close() {
      closing.abort()
      await Promise.all([server.close(), storage.close()])
    },
  }
}
