import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineScript } from '@fluokit/testing'
import {
  startFaultProxy,
  startHttp2FaultProxy,
  startStandIn,
  type FaultProxy,
  type Http2FaultProxy,
} from '@fluokit/testing/node'
import { bytesOf, type Recording } from './recordings.ts'

/** Who answers a run, and the proxies in between. */
export interface FaultRig {
  readonly apiKey: string
  readonly projectId: string
  /** The proxies to whoever answers through this transport. */
  proxies(through: Recording['through']): {
    readonly http1: FaultProxy
    readonly http2: Http2FaultProxy
  }
  /** What the next runs answer. */
  play(recording: Recording): void
  close(): Promise<void>
}

/** Starts a stand-in for Fluo, a server that answers as the relay does, and a proxy of each kind before each. */
export async function startFaultRig(): Promise<FaultRig> {
  const standIn = await startStandIn()
  const relay = await startRelayRecording()
  const fluo = await startProxies(standIn.url)
  const relayed = await startProxies(relay.url)
  return {
    apiKey: standIn.apiKey,
    projectId: standIn.projectId,
    proxies: (through) => (through === 'fluo' ? fluo : relayed),
    play(recording) {
      const text = new TextDecoder().decode(bytesOf(recording))
      if (recording.through === 'fluo')
        standIn.play(defineScript(recording.name, [{ bytes: text }]))
      else relay.play(text)
    },
    async close() {
      const proxies = [fluo.http1, fluo.http2, relayed.http1, relayed.http2]
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await Promise.all([standIn.close(), relay.close()])
    },
  }
}

async function startProxies(target: string): Promise<ReturnType<FaultRig['proxies']>> {
  return {
    http1: await startFaultProxy({ target, fault: 'none', at: 0 }),
    http2: await startHttp2FaultProxy({ target, fault: 'none', at: 0 }),
  }
}

/** Answers every start with a recording of the relay's own framing, and every stop with nothing. */
async function startRelayRecording(): Promise<{
  readonly url: string
  play(bytes: string): void
  close(): Promise<void>
}> {
  let answer = ''
  const server = createServer((request, response) => {
    void request.toArray().then((body) => {
      const isStop = Buffer.concat(body).toString().startsWith('{"op":"stop"')
      if (isStop) return response.writeHead(204).end()
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play: (bytes) => void (answer = bytes),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
