import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Cut } from '../cut-bytes.ts'
import { createEventWriter } from '../event-writer.ts'
import type { EncodeShape } from '../shapes/encode-shape.ts'
import { collectAnswer } from './collect-answer.ts'
import { refuse } from './refuse.ts'
import type { Call } from './request-log.ts'
import type { RunRoute } from './route-request.ts'
import { sendSteps } from './send-steps.ts'
import { startAgent } from './start-agent.ts'
import { noteFiles, openFiles } from './storage/note-files.ts'
import type { RunningStorage } from './storage/start-storage.ts'
import type { Agent } from './agent.ts'
import type { ThreadBook } from './thread-book.ts'

/** What a stand-in answers runs with. */
export interface RunSettings {
  readonly agent: Agent
  readonly book: ThreadBook
  readonly storage: RunningStorage
  readonly shape: () => EncodeShape
  readonly cut: Cut
  readonly speed: number
  readonly closing: AbortSignal
}

/** Plays the agent's steps as an event stream, and writes the turn down however the run ended. */
export async function answerStream(
  response: ServerResponse,
  { agentId, threadId: continued, body }: RunRoute,
  call: Call,
  { agent, book, storage, shape, cut, speed, closing }: RunSettings,
): Promise<void> {
  const signal = AbortSignal.any([call.signal, closing])
  const threadId = continued ?? book.newId()
  const noted = noteFiles(body, storage)
  const files = openFiles(noted, storage)
  const history = (book.threads.get(threadId)?.history ?? []).map((turn) => ({
    ...turn,
    files: openFiles(turn.files, storage),
  }))
  const { query } = body
  const steps = startAgent(agent, { query, threadId, files, history, body, signal })
  const answer = collectAnswer()
  let isOpen = false
  try {
    const first = await steps.next()
    if (first !== null && 'status' in first) return refuse(response, first)
    if (signal.aborted) return
    book.open(threadId, agentId)
    isOpen = true
    response.setHeader('content-type', 'text/event-stream; charset=utf-8')
    response.setHeader('cache-control', 'no-cache')
    response.flushHeaders()
    const write = createEventWriter({ shape, threadId, runId: `run_${randomUUID().slice(0, 8)}` })
    await sendSteps(response, first, steps, { write, answer, call, cut, speed, signal })
  } finally {
    steps.leave()
    if (isOpen) book.append(threadId, { query, answer: answer.text(), files: noted })
  }
}
