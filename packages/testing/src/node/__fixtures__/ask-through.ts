import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createFluoClient,
  fluoTransport,
  memoryStorage,
  textOf,
  type FluoError,
  type FluoTransportOptions,
  type RunEnd,
  type Thread,
  type ThreadStorage,
} from '@fluokit/core'
import { onTestFinished } from 'vitest'
import { defineScript, type Script } from '../../script.ts'

/** A run of two deltas and a final, byte by byte as it comes over the line. */
export const bytes: string = [
  'event: run_start\ndata: {"thread_id":"t1"}\n\n',
  'event: message_delta\ndata: {"delta":"Hello, "}\n\n',
  'event: message_delta\ndata: {"delta":"world."}\n\n',
  'event: message_final\ndata: {"text":"Hello, world."}\n\n',
].join('')

/** Where the second delta of {@link bytes} begins. */
export const half: number = bytes.indexOf('event: message_delta', 60)

export const script: Script = defineScript('bytes', [{ bytes }])

/** What a person who asked once would find on the page. */
export interface Outcome {
  readonly end: RunEnd | null
  readonly error: FluoError | null
  readonly text: string
  readonly question: string | undefined
  readonly threadRef: string | null
  readonly runs: number
}

/** A thread of a real client whose transport calls this address. */
export function threadAt(
  url: string,
  options: Partial<FluoTransportOptions> = {},
  storage: ThreadStorage = memoryStorage(),
): Thread {
  const headers = { 'x-api-key': 'stand-in-key', 'x-project-id': 'stand-in-project' }
  const client = createFluoClient({
    transport: fluoTransport({ baseUrl: url, headers: () => headers, ...options }),
    userScope: 'user',
    storage,
  })
  onTestFinished(() => client.dispose())
  return client.thread({ agentId: 'agent_demo' })
}

/** Asks once, and tells what is on the page when the run is over. */
export async function ask(thread: Thread): Promise<Outcome> {
  await thread.send('What do you say?')
  return outcomeOf(thread)
}

export function outcomeOf(thread: Thread): Outcome {
  const turn = thread.store.getState().turns.at(-1)
  const run = turn?.runs.at(-1)
  return {
    end: run?.end ?? null,
    error: run?.error ?? null,
    text: run === undefined ? '' : textOf(run),
    question: turn?.input.query,
    threadRef: thread.threadRef,
    runs: turn?.runs.length ?? 0,
  }
}

/** A server that answers as it is told, closes with its test, and counts what it was asked. */
export async function serve(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly requests: number }> {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    request.resume()
    listener(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests
    },
  }
}
