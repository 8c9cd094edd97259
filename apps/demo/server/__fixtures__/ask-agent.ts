import { fluoTransport } from '@fluokit/core'
import type { FluoEvent } from '@fluokit/core/wire'
import { startStandIn, type StandIn } from '@fluokit/testing/node'
import { onTestFinished } from 'vitest'
import { answer } from '../agent/answer.ts'

/** A file to upload. */
export interface TestFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What came of a question. */
export interface Answered {
  readonly events: readonly FluoEvent[]
  readonly threadRef: string
  /** The final text. */
  readonly text: string
  /** Each tool call with what it gave, in their order. */
  readonly calls: readonly (readonly [name: string | undefined, result: unknown])[]
}

/** A text as a file. */
export function textFile(name: string, text: string, mediaType = 'text/markdown'): TestFile {
  return { name, mediaType, bytes: new TextEncoder().encode(text) }
}

/** The stand-in with the demo's agent; closes with its test. */
export async function startAgent(): Promise<StandIn> {
  const standIn = await startStandIn({ agent: answer, speed: Infinity })
  onTestFinished(() => standIn.close())
  return standIn
}

/** Uploads files as anyone would, and asks about them, in a new thread or in one that goes on. */
export async function askAgent(
  standIn: StandIn,
  query: string,
  options: { readonly files?: readonly TestFile[]; readonly threadRef?: string } = {},
): Promise<Answered> {
  const { files = [], threadRef = null } = options
  const documents: string[] = []
  const images: string[] = []
  for (const file of files) {
    const list = file.mediaType.startsWith('image/') ? images : documents
    list.push(await upload(standIn, file))
  }
  const headers = { 'x-api-key': standIn.apiKey, 'x-project-id': standIn.projectId }
  const transport = fluoTransport({ baseUrl: standIn.url, headers: () => headers })
  const [agentId = ''] = standIn.agents
  const run = { runId: 'run_1', agentId, threadRef, input: { query, documents, images } }
  const events: FluoEvent[] = []
  for await (const batch of transport.start(run, new AbortController().signal)) {
    events.push(...batch.map(({ event }) => event))
  }
  return { events, ...summarise(events) }
}

async function upload(standIn: StandIn, { name, mediaType, bytes }: TestFile): Promise<string> {
  const headers = { 'x-api-key': standIn.apiKey, 'x-project-id': standIn.projectId }
  const asked = await fetch(`${standIn.url}/api/v1/uploads/request`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ filename: name, contentType: mediaType, purpose: 'chat' }),
  })
  const { signedUrl, blobPath } = (await asked.json()) as { signedUrl: string; blobPath: string }
  await fetch(signedUrl, { method: 'PUT', headers: { 'content-type': mediaType }, body: bytes })
  const at = `/api/v1/uploads/view-url?blobPath=${encodeURIComponent(blobPath)}`
  const { viewUrl } = (await (await fetch(standIn.url + at, { headers })).json()) as {
    viewUrl: string
  }
  return viewUrl
}

function summarise(events: readonly FluoEvent[]): Omit<Answered, 'events'> {
  const final = events.find((event) => event.type === 'message_final')
  const start = events.find((event) => event.type === 'run_start')
  const calls = events.flatMap((event) =>
    event.type === 'tool_end' ? [[event.name, event.error ?? event.output] as const] : [],
  )
  return {
    threadRef: (start?.type === 'run_start' && start.threadRef) || '',
    text: (final?.type === 'message_final' && final.text) || '',
    calls,
  }
}
