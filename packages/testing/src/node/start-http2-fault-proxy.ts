import { once } from 'node:events'
import { Agent } from 'node:http'
import {
  constants,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { emptied } from './emptied.ts'
import { callTarget } from './call-target.ts'
import { cutBody } from './cut-body.ts'
import type { FaultProxy } from './fault-proxy.ts'

/**
 * What goes wrong over HTTP/2: the stream is reset (`rst-stream`), the connection is given up (`goaway`, then
 * nothing), or the body ends too soon by all rules (`end-early`).
 * `graceful-goaway` announces an end and still brings the whole answer.
 */
export type Http2Fault = 'none' | 'rst-stream' | 'goaway' | 'graceful-goaway' | 'end-early'

/** What an HTTP/2 proxy does to answers. */
export interface Http2Breakage {
  readonly fault: Http2Fault
  /** After so many bytes of the body. */
  readonly at: number
  /** As for `startFaultProxy`. @default a wait of 20 ms */
  readonly onStrike?: () => void | Promise<void>
}

/** A running HTTP/2 proxy that breaks answers. */
export interface Http2FaultProxy extends Omit<FaultProxy, 'set'> {
  set(how: Http2Breakage): void
}

/** Starts a proxy as `startFaultProxy` does, but one that speaks HTTP/2 in the clear to its clients. */
export async function startHttp2FaultProxy({
  target,
  ...first
}: Http2Breakage & { readonly target: string }): Promise<Http2FaultProxy> {
  const agent = new Agent({ keepAlive: true })
  const sessions = new Set<ServerHttp2Session>()
  let how: Http2Breakage = first
  let requests = 0

  async function answer(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    const { stream } = response
    const breakage = how
    stream.on('error', () => undefined)
    const answered = await callTarget(target, request, request.headers, agent)
    stream.once('close', () => void answered.destroy())
    stream.respond({
      ':status': answered.statusCode ?? 502,
      'content-type': answered.headers['content-type'] ?? '',
    })
    const place = { fault: 'reset', at: breakage.at } as const
    for await (const { bytes, isPlace } of cutBody(answered, place)) {
      if (stream.destroyed) return
      if (bytes.length > 0)
        await new Promise<void>((sent) => void stream.write(bytes, () => sent()))
      if (!isPlace || breakage.fault === 'none') continue
      await (breakage.onStrike === undefined ? setTimeout(20) : breakage.onStrike())
      if (breakage.fault === 'end-early') break
      // A stream that is closed would end its body first; one that is destroyed does not.
      if (breakage.fault === 'rst-stream') return void stream.destroy(new Error('reset'))
      if (breakage.fault === 'graceful-goaway') stream.session?.close()
      else return stream.session?.destroy(undefined, constants.NGHTTP2_INTERNAL_ERROR)
    }
    stream.end()
  }

  const server = createServer((request, response) => {
    requests += 1
    answer(request, response).catch(() => response.stream.destroy())
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
    session.once('close', () => sessions.delete(session))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests
    },
    get openConnections() {
      return sessions.size
    },
    set: (next) => void (how = next),
    idle: () => emptied(sessions),
    async close() {
      agent.destroy()
      const closed = once(server, 'close')
      server.close()
      for (const session of sessions) session.destroy()
      await closed
    },
  }
}
