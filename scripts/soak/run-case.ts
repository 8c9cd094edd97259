import { setImmediate, setTimeout } from 'node:timers/promises'
import {
  createFluoClient,
  fluoTransport,
  memoryStorage,
  relayTransport,
  textOf,
  type RunEnd,
  type Thread,
  type Transport,
} from '../../packages/core/src/index.ts'
import { expectRun } from './expect-run.ts'
import type { FaultRig } from './fault-rig.ts'
import type { FaultRow } from './fault-rows.ts'
import { h2Fetch } from './h2-fetch.ts'
import { bytesOf, type Recording } from './recordings.ts'
import { watchFetch, type WatchedFetch } from './watched-fetch.ts'

/** One fault at one byte of one recorded run. */
export interface FaultCase {
  readonly recording: Recording
  readonly row: FaultRow
  readonly at: number
}

const agentId = 'agent_demo'
const question = 'What is 2 + 2, and how do you say hello in Chinese?'
const longest = 10_000

/** How a run that stalls comes to its end here: a person stops it. Waiting for the client's own limit takes minutes over all cases. */
const stallEnd: RunEnd = 'stopped'
async function endStall(thread: Thread): Promise<void> {
  await thread.stop()
}

/** Runs a case with a real client over real sockets; what is wrong with its outcome, in words: nothing, when all is well. */
export async function runCase(given: FaultCase, rig: FaultRig): Promise<readonly string[]> {
  const { recording, row, at } = given
  const all = bytesOf(recording).length
  const sight = row.sight(at, all)
  const expected = expectRun(recording, sight, row.place === 'head' ? 0 : at, stallEnd)
  const problems: string[] = []
  const check = (isRight: boolean, what: string): void => void (isRight || problems.push(what))

  const storage = memoryStorage()
  const proxies = rig.proxies(recording.through)
  const proxy = row.http2 === undefined ? proxies.http1 : proxies.http2
  const requests = proxy.requests
  const watched = watchFetch(row.http2 === undefined ? fetch : h2Fetch)
  const struck = Promise.withResolvers<void>()
  const onStrike = async (): Promise<void> => {
    if (row.place === 'body') await watched.hasRead(at)
    struck.resolve()
  }
  if (row.http2 !== undefined) proxies.http2.set({ fault: row.http2, at, onStrike })
  else {
    const place = row.place === 'body' ? at : { head: at }
    proxies.http1.set({ fault: row.fault, framing: row.framing, at: place, pauseMs: 1, onStrike })
  }

  const stored = (): string => storedIn(storage)
  let ends = 0
  let changesAfterEnd = 0
  const client = createFluoClient({
    transport: transportTo(proxy.url, rig, recording, watched),
    userScope: 'user',
    storage,
    onRunEnd: () => void (ends += 1),
    onEvent(event) {
      if (!('threadRef' in event) || event.threadRef === undefined) return
      const isStored = stored().includes(JSON.stringify(event.threadRef))
      check(isStored, 'P3: the thread reference was not stored in the tick of its frame')
    },
  })
  const thread = client.thread({ agentId })
  const unsubscribe = thread.store.subscribe(() => void (changesAfterEnd += ends))
  const sending = thread.send(question)
  if (sight === 'stalled') {
    await Promise.race([struck.promise, setTimeout(longest, undefined, { ref: false })])
    await setImmediate()
    await endStall(thread)
  }
  const result = await within(sending)
  const isIdle = (await within(proxy.idle().then(() => true))) === true
  await setImmediate()

  const { turns, status } = thread.store.getState()
  const run = turns[0]?.runs[0]
  const parts = run?.messages.flatMap((message) => message.parts) ?? []
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.status] : []))
  const thinking = parts
    .flatMap((part) => (part.type === 'thinking' ? [textOf(part)] : []))
    .join('')
  const isOver = expected.end === 'done' || expected.end === 'stopped'

  const isAsked = turns.length === 1 && turns[0]?.input.query === question
  check(isAsked, 'P1: the question is not on the page once')
  check(isOver || stored().includes(question), 'P1: the question would not survive a reload')
  const text = run === undefined ? '' : textOf(run)
  check(
    text === expected.text,
    `P2: ${JSON.stringify(text)} is not ${JSON.stringify(expected.text)}`,
  )
  check(thinking === expected.thinking, `P2: the thinking is ${JSON.stringify(thinking)}`)
  check(String(calls) === String(expected.calls), `P2: the tool calls are [${String(calls)}]`)
  check(thread.threadRef === expected.threadRef, `P3: the reference is ${thread.threadRef}`)
  const hasStopped = expected.end === 'stopped' && recording.through === 'relay' ? 1 : 0
  check(watched.starts === 1, `P4: ${watched.starts} runs were asked for`)
  check(proxy.requests - requests <= 1 + hasStopped, `P4: ${proxy.requests - requests} requests`)
  check(isIdle, 'P6: a connection is left open')
  check(changesAfterEnd === 0, 'P6: the state changed after the end')
  check(ends === 1, `P7: the run ended ${ends} times`)
  check(result?.sent === true, 'P7: the send is still open')
  const said = result?.sent === true ? result.end : null
  check(said === expected.end, `P7, P8: ended as ${said}, not ${expected.end}`)
  check(run?.end === expected.end, `P7, P8: the run says ${run?.end}, not ${expected.end}`)
  check(status === (isOver ? 'ready' : 'error'), `P7: the thread is ${status}`)
  unsubscribe()
  client.dispose()
  return problems.map((problem) => `${recording.name}; ${row.name}; byte ${at}: ${problem}`)
}

function transportTo(
  url: string,
  { apiKey, projectId }: FaultRig,
  { through }: Recording,
  watched: WatchedFetch,
): Transport {
  if (through === 'relay') {
    // A recording cannot be resumed: what one fault leaves is looked at, not what a resume brings after it.
    const relay = relayTransport({ url: `${url}/api/fluo`, fetch: watched.fetch })
    return {
      start: (run, signal) => relay.start(run, signal),
      stop: async (run) => relay.stop?.(run),
    }
  }
  const headers = (): HeadersInit => ({ 'x-api-key': apiKey, 'x-project-id': projectId })
  return fluoTransport({ baseUrl: url, headers, fetch: watched.fetch })
}

function storedIn(storage: ReturnType<typeof memoryStorage>): string {
  const keys = storage.keys('') as readonly string[]
  return keys.map((key) => storage.read(key) as string).join('\n')
}

/** What a promise resolves with, or nothing when it takes too long. */
async function within<T>(promise: Promise<T>): Promise<T | undefined> {
  const limit = new AbortController()
  const late = setTimeout(longest, undefined, { signal: limit.signal }).catch(() => undefined)
  const first = await Promise.race([promise, late])
  limit.abort()
  return first ?? undefined
}
