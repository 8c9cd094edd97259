import { fluoTransport } from '@fluokit/core'
import type { FluoEvent } from '@fluokit/core/wire'
import { onTestFinished } from 'vitest'
import { defineScript, type Script } from '../../script.ts'
import type { StandIn, StandInOptions } from '../stand-in.ts'
import { startStandIn } from '../start-stand-in.ts'

/** Where runs of the default agent are posted. */
export const path = '/api/v1/agents/agent_demo/stream/threads'

/** A run of one word, without waits. */
export const short: Script = defineScript('short', [
  { event: { type: 'run_start' } },
  { event: { type: 'message_delta', text: 'Hello.' } },
  { event: { type: 'message_final', text: 'Hello.' } },
])

/** A stand-in that closes with its test. */
export async function start(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await startStandIn({ scripts: [short], speed: Infinity, ...options })
  onTestFinished(() => standIn.close())
  return standIn
}

/** Posts a run, or what a test makes of one. */
export function post(
  { url, apiKey, projectId }: StandIn,
  init: {
    path?: string
    body?: unknown
    headers?: Record<string, string>
    signal?: AbortSignal
  } = {},
): Promise<Response> {
  return fetch(url + (init.path ?? path), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-api-key': apiKey,
      'x-project-id': projectId,
      ...init.headers,
    },
    body: JSON.stringify(init.body ?? { query: 'Hello?' }),
    redirect: 'manual',
    ...(init.signal !== undefined && { signal: init.signal }),
  })
}

/** The events of a run, read through the kit's own transport. */
export async function readRun(
  { url, apiKey, projectId }: StandIn,
  threadRef: string | null = null,
): Promise<FluoEvent[]> {
  const transport = fluoTransport({
    baseUrl: url,
    headers: () => ({ 'x-api-key': apiKey, 'x-project-id': projectId }),
  })
  const run = { runId: 'run_1', agentId: 'agent_demo', threadRef, input: { query: 'Hello?' } }
  const events: FluoEvent[] = []
  for await (const batch of transport.start(run, new AbortController().signal)) {
    events.push(...batch.map(({ event }) => event))
  }
  return events
}

