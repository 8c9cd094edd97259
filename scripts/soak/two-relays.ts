import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { parseEvent, parseRunEnd, readSse } from '../../packages/core/src/wire/index.ts'
import { createRelay } from '../../packages/relay/src/index.ts'
import { toNodeHandler } from '../../packages/relay/src/node.ts'
import { createRedisRunLog } from '../../packages/relay/src/redis.ts'
import { anyRedis } from '../../packages/relay/src/run-log/__fixtures__/test-redis.ts'
import { below, type Random } from './random.ts'

/** What became of runs whose readers were moved between relays. */
export interface MovedReaders {
  readonly readers: number
  /** How often a reader left one relay and read on in one of both. */
  readonly moves: number
  readonly problems: readonly string[]
}

const agentId = 'agent_demo'
const atOnce = 20

/**
 * Two relays with one Redis between them, over real HTTP. Each run is sent through both at the same moment; its readers leave at
 * random and read on through either. What is wrong where one of them does not end with the whole text, or a run did not
 * go upstream exactly once.
 */
export async function moveReaders(runs: number, random: Random): Promise<MovedReaders> {
  const redis = await anyRedis()
  const upstream = createUpstream(random)
  const prefix = `soak-${crypto.randomUUID()}:`
  const relays = await Promise.all([0, 1].map(() => startRelay(redis, prefix, upstream.fetch)))
  const problems: string[] = []
  let readers = 0
  let moves = 0

  async function play(run: number): Promise<void> {
    const all = Array.from({ length: 2 + below(random, 3) }, (_, index) =>
      readMoving(run, index, relays, random),
    )
    readers += all.length
    for (const { text, end, moved } of await Promise.all(all)) {
      moves += moved
      const said = upstream.textOf(run)
      if (end !== 'done') problems.push(`run ${run}: a reader saw it end as ${end}`)
      if (text !== said) problems.push(`run ${run}: a reader has ${text.length} of ${said.length}`)
    }
    const asked = upstream.askedFor(run)
    if (asked !== 1) problems.push(`run ${run}: went upstream ${asked} times`)
  }

  try {
    let next = 0
    const lane = async (): Promise<void> => {
      while (next < runs) await play((next += 1))
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, runs) }, lane))
  } finally {
    await Promise.all(relays.map((relay) => relay.close()))
    await redis.close()
  }
  return { readers, moves, problems }
}

/** The first two readers send the run, the others look for it; all leave after some events and come back. */
async function readMoving(
  run: number,
  index: number,
  relays: readonly { readonly url: string }[],
  random: Random,
): Promise<{ readonly text: string; readonly end: string; readonly moved: number }> {
  const call = { runId: `run-${run}`, agentId }
  const input = { query: `Question ${run}` }
  let after: string | null = null
  let text = ''
  let relay = index % 2
  for (let moved = 0; ;) {
    const isSender: boolean = after === null && index < 2
    const body: object = isSender
      ? { op: 'start', ...call, threadRef: null, input }
      : { op: 'resume', ...call, after }
    const left = new AbortController()
    const answer: Response = await fetch(relays[relay]?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: left.signal,
    })
    if (answer.status === 204) {
      await setTimeout(2) // nobody has sent it yet
      continue
    }
    if (answer.status !== 200) return { text, end: `status ${answer.status}`, moved }
    let most = 1 + below(random, 25)
    for await (const { id, data } of readSse(answer.body ?? new ReadableStream())) {
      const end = parseRunEnd(data)
      if (end !== null) return { text, end, moved }
      const event = parseEvent(data)
      if (event.type === 'message_delta') text += event.text
      after = id
      most -= 1
      if (most === 0) break
    }
    if (most > 0) return { text, end: 'cut', moved }
    left.abort()
    moved += 1
    relay = below(random, 2)
  }
}

/** Answers each run with deltas, at a pace of its own. */
function createUpstream(random: Random): {
  readonly fetch: typeof fetch
  readonly textOf: (run: number) => string
  readonly askedFor: (run: number) => number
} {
  const texts = new Map<number, string>()
  const asked = new Map<number, number>()
  const encoder = new TextEncoder()
  return {
    textOf: (run) => texts.get(run) ?? '',
    askedFor: (run) => asked.get(run) ?? 0,
    async fetch(_url, init) {
      const asking = typeof init?.body === 'string' ? init.body : ''
      const run = Number(/Question (\d+)/.exec(asking)?.[1])
      asked.set(run, (asked.get(run) ?? 0) + 1)
      let left = 30 + below(random, 60)
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await setTimeout(below(random, 8))
          for (let burst = 1 + below(random, 3); burst > 0 && left > 0; burst -= 1) {
            left -= 1
            const delta = `${run}.${left} ${'é'.repeat(below(random, 40))}\n`
            texts.set(run, (texts.get(run) ?? '') + delta)
            const data = JSON.stringify({ delta })
            controller.enqueue(encoder.encode(`event: message_delta\ndata: ${data}\n\n`))
          }
          if (left > 0) return
          controller.enqueue(encoder.encode(`event: message_final\ndata: {}\n\n`))
          controller.close()
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  }
}

async function startRelay(
  redis: Awaited<ReturnType<typeof anyRedis>>,
  prefix: string,
  upstream: typeof fetch,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const runLog = createRedisRunLog({ client: await redis.connect(), prefix })
  const relay = createRelay({
    apiKey: 'soak-key',
    projectId: 'soak-project',
    agents: [agentId],
    sealKeys: [{ id: 'soak', key: crypto.getRandomValues(new Uint8Array(32)) }],
    authorize: () => ({ userId: 'soak' }),
    limits: { runsPerUser: 1000, readersPerUser: 1000 },
    runLog,
    fetch: upstream,
  })
  const server = createServer(toNodeHandler(relay))
  const url = await listen(server)
  return {
    url,
    async close() {
      await relay.close()
      runLog.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
