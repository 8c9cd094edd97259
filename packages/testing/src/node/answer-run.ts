import type { ServerResponse } from 'node:http'
import { sleep } from '../sleep.ts'
import type { RunSettings } from './answer-stream.ts'
import { collectAnswer } from './collect-answer.ts'
import { refuse } from './refuse.ts'
import type { Call } from './request-log.ts'
import type { RunRoute } from './route-request.ts'
import { startAgent } from './start-agent.ts'
import { noteFiles, openFiles } from './storage/note-files.ts'

/** Answers a stateless run: the text of the agent's answer, all at once. An error or a fault is a 500. */
export async function answerRun(
  response: ServerResponse,
  { body }: RunRoute,
  call: Call,
  { agent, book, storage, speed, closing }: RunSettings,
): Promise<void> {
  const signal = AbortSignal.any([call.signal, closing])
  const files = openFiles(noteFiles(body, storage), storage)
  const turn = { query: body.query, threadId: book.newId(), files, history: [], body, signal }
  const steps = startAgent(agent, turn)
  const answer = collectAnswer()
  try {
    for (;;) {
      const step = await steps.next()
      if (signal.aborted) return
      if (step === null) break
      if ('status' in step) return refuse(response, step)
      if ('fault' in step || ('event' in step && step.event.type === 'error')) {
        return refuse(response, { status: 500, detail: 'Internal Server Error' })
      }
      if ('event' in step) answer.take(step.event)
      if ('waitMs' in step) await sleep(step.waitMs / speed, signal)
    }
    response.setHeader('content-type', 'text/plain; charset=utf-8')
    response.end(answer.text())
  } finally {
    steps.leave()
  }
}
