import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startFaultProxy, startHttp2FaultProxy } from '@fluokit/testing/node'
import {
  createMemoryRunLog,
  createRelay,
  type RelayLogEntry,
} from '../../packages/relay/src/index.ts'
import { faultRows, type FaultRow } from './fault-rows.ts'
import { h2Fetch } from './h2-fetch.ts'
import type { Random } from './random.ts'

/** What was looked for in what left a relay while everything that can go wrong went wrong (G9). */
export interface CanaryFigures {
  readonly cases: number
  readonly faults: number
  /** How many bytes went to browsers and into logs. */
  readonly bytes: number
  /** Where one of the canaries was found. */
  readonly hits: readonly string[]
}

const apiKey = 'sk-canary-0a9b8c7d6e5f'
const projectId = 'project-canary-112233'
const threadId = 'thread_canary_445566'
const query = 'What did the canary sing in the coal mine on Tuesday?'
const userId = 'user-canary-778899'
/** What no browser may see; a person's own question it has anyway, but for what Fluo says of it in an error. */
const notForBrowsers = [apiKey, projectId, threadId, query]
const notForLogs = [...notForBrowsers, userId]

const json = (value: unknown): string => JSON.stringify(value)
const echo = `${apiKey} of ${projectId} in ${threadId} was asked: ${query}`

/** Runs that show the canaries in every field but prose, which nobody rewrites. */
const recordings: readonly string[] = [
  `event: run_start\ndata: ${json({ thread_id: threadId })}\n\n` +
    `event: tool_start\ndata: ${json({ id: threadId, name: 'look', input: { at: [threadId, apiKey], project: projectId } })}\n\n` +
    `event: tool_end\ndata: ${json({ id: threadId, output: `${threadId}: ${apiKey}` })}\n\n` +
    `event: message_final\ndata: ${json({ text: 'Done.', message_id: threadId })}\n\n`,
  `event: usage\ndata: ${json({ conversation: threadId, key: apiKey })}\n\n` +
    `event: message_delta\ndata: ${json({ delta: 'Hel', thread_id: threadId })}\n\n` +
    `event: error\ndata: ${json({ detail: echo, type: threadId, status: 500 })}\n\n`,
]

const atOnce = 8

interface CanaryCase {
  readonly row: FaultRow
  readonly recording: string
  readonly at: number
}

/** Every fault of the transport at every byte of the recordings, between Fluo and a relay; or a share of them. */
export async function runCanaryCases(
  share: { readonly part: number; readonly random: Random } | null,
): Promise<CanaryFigures> {
  const waiting = casesOf().filter(() => share === null || share.random() < share.part)
  const cases = waiting.length
  const hits: string[] = []
  let bytes = 0

  async function lane(): Promise<void> {
    const rig = await startRig()
    try {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { row, at, recording } = next
        const { seen, logged } = await rig.run(next)
        bytes += seen.length + logged.length
        const where = `${row.name} at ${at} of recording ${recordings.indexOf(recording)}`
        for (const canary of notForBrowsers)
          if (seen.includes(canary)) hits.push(`${canary} in a browser: ${where}`)
        for (const canary of notForLogs)
          if (logged.includes(canary)) hits.push(`${canary} in a log: ${where}`)
      }
    } finally {
      await rig.close()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return { cases, faults: faultRows.length, bytes, hits }
}

function casesOf(): CanaryCase[] {
  return faultRows.flatMap((row) =>
    recordings.flatMap((recording) => {
      const { length } = recording
      const places = row.place === 'body' ? length + 1 : 150
      return Array.from({ length: places }, (_, at) => ({ row, recording, at }))
    }),
  )
}

async function startRig(): Promise<{
  run(given: CanaryCase): Promise<{ readonly seen: string; readonly logged: string }>
  close(): Promise<void>
}> {
  let recording = ''
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(recording)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const http1 = await startFaultProxy({ target, fault: 'none', at: 0 })
  const http2 = await startHttp2FaultProxy({ target, fault: 'none', at: 0 })
  let runs = 0
  return {
    async run(given) {
      const { row, at } = given
      recording = given.recording
      if (row.http2 !== undefined) http2.set({ fault: row.http2, at })
      else {
        const place = row.place === 'body' ? at : { head: at }
        http1.set({ fault: row.fault, framing: row.framing, at: place, pauseMs: 1 })
      }
      const entries: RelayLogEntry[] = []
      const relay = createRelay({
        apiKey,
        projectId,
        agents: ['agent'],
        sealKeys: [{ id: 'a', key: crypto.getRandomValues(new Uint8Array(32)) }],
        authorize: () => ({ userId }),
        baseUrl: row.http2 === undefined ? http1.url : http2.url,
        fetch: row.http2 === undefined ? fetch : h2Fetch,
        runLog: createMemoryRunLog(),
        graceMs: 0,
        limits: { firstByteMs: 100, idleMs: 100 },
        log: (entry) => void entries.push(entry),
      })
      const turn = { op: 'start', agentId: 'agent', threadRef: null, input: { query } }
      const response = await relay(
        new Request('http://relay.example/', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: json({ ...turn, runId: `run-${(runs += 1)}` }),
        }),
      )
      const text = await response.text().catch((thrown: unknown) => String(thrown))
      return { seen: text + json([...response.headers]), logged: json(entries) }
    },
    async close() {
      await Promise.all([http1.close(), http2.close()])
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
