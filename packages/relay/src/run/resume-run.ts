import { emptyAnswer } from '../answer/answer.ts'
import type { Exchange } from '../answer/exchange.ts'
import { followRun } from './follow-run.ts'
import type { RelayCall } from '../edge/parse-call.ts'
import type { RelayParts } from '../relay-parts.ts'
import { runKey } from './run-key.ts'

export interface ResumedRun {
  readonly request: Request
  readonly call: Extract<RelayCall, { op: 'resume' }>
  readonly userId: string
  readonly exchange: Exchange
}

/** Answers `op: 'resume'`: the stream of a run behind a cursor, or 204 where this relay's log has no such run. */
export async function resumeRun(
  { request, call, userId, exchange }: ResumedRun,
  parts: RelayParts,
): Promise<Response> {
  const { agentId, runId, after } = call
  const key = await runKey({ projectId: parts.options.projectId, userId, agentId, runId })
  const { signal } = request
  const answer = await followRun({ key, after, userId, signal, exchange }, parts)
  if (answer === null) {
    const isAlone = parts.options.runLog === undefined
    const detail = isAlone
      ? 'This process knows no such run (any more). Several relays need one log together: set runLog to that of @fluokit/relay/redis.'
      : 'The run log knows no such run (any more), or has dropped that part of it.'
    exchange.log({ level: 'warn', event: 'not-resumed', status: 204, detail })
    return emptyAnswer(exchange)
  }
  exchange.log({ level: 'info', event: 'follow' })
  return answer
}
