import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { breakAnswer } from './break-answer.ts'
import { emptied } from './emptied.ts'
import { callTarget, isEventStream } from './call-target.ts'
import type { Breakage, FaultProxy, FaultProxyOptions } from './fault-proxy.ts'

/**
 * Starts a proxy, on loopback only, that passes requests on and breaks the event streams that come back, at a byte
 * of your choice, with real sockets. Each connection serves one answer.
 */
export async function startFaultProxy({
  target,
  ...first
}: FaultProxyOptions): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const sockets = new Set<Socket>()
  let how: Breakage = first
  let requests = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request
    const breakage = how
    const answered = await callTarget(target, request, request.headers, agent)
    socket.once('close', () => void answered.destroy())
    if (isEventStream(answered)) return breakAnswer(answered, socket, breakage)
    response.writeHead(answered.statusCode ?? 502, { ...answered.headers, connection: 'close' })
    answered.pipe(response)
  }

  const server = createServer((request, response) => {
    requests += 1
    answer(request, response).catch(() => request.socket.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined) // whoever is cut off may cut off in turn
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests
    },
    get openConnections() {
      return sockets.size
    },
    set: (next) => void (how = next),
    idle: () => emptied(sockets),
    async close() {
      agent.destroy()
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
