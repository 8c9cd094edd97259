import { passedAnswer, streamAnswer } from '../answer/answer.ts'
import { checkFiles } from '../edge/check-files.ts'
import { assertOpen, assertRoom, tooMany } from './assert-room.ts'
import { followRun } from './follow-run.ts'
import { errorFrame, writeRunEnd } from '../answer/frame.ts'
import { logRefusal, refusalOf } from '../answer/log-refusal.ts'
import { isSettledWithin } from './is-settled-within.ts'
import { createOwnedRun, type OwnedRun } from './owned-run.ts'
import { produceRun } from './produce-run.ts'
import { learnInput } from '../edge/learn-input.ts'
import { inStream, Refusal } from '../answer/refusal.ts'
import type { RelayOptions } from '../options/relay-options.ts'
import type { RelayParts, StartedRun } from '../relay-parts.ts'
import type { RunEnding } from './run-ending.ts'
import { bodyHash, runKey } from './run-key.ts'
import { createThreadHandle } from '../thread/thread-handle.ts'

/**
 * Answers `op: 'start'` of a listed agent with the stream of the run: one that exists is followed from its beginning,
 * any other is taken, in one step, before the application and Fluo are asked.
 */
export async function startRun(started: StartedRun, parts: RelayParts): Promise<Response> {
  const { request, call, userId, exchange } = started
  const { options, runLog } = parts
  assertOpen(parts)
  checkFiles(call.input, options.fileHosts ?? [], parts.uploads !== null)
  learnInput(exchange.logMask, call.input)
  const handle = await createThreadHandle(started, parts)
  if (request.signal.aborted) return streamAnswer(exchange, new Blob().stream()) // nobody has asked for anything

  const { projectId } = options
  const { agentId, runId } = call
  const key = await runKey({ projectId, userId, agentId, runId })
  const run = ownedRun(key, started, parts)
  const claim = await runLog.acquire(key, await bodyHash(call, handle.threadId), run.check)
  if (claim === 'conflict') {
    throw new Refusal(409, 'invalid', { detail: 'Another turn was sent under the ID of this run.' })
  }
  if (claim === 'full')
    throw tooMany(
      'The run log is full: all runs it can keep are open, or its Redis has no memory left.',
    )
  if (claim === 'follower') {
    exchange.log({ level: 'info', event: 'follow' })
    return (await follow(key, started, parts)) ?? lostAnswer(started)
  }
  const refuse = (thrown: unknown): Promise<void> => {
    const { code } = refusalOf(thrown)
    return run.refuse([errorFrame({ code, requestId: exchange.requestId })], true)
  }
  try {
    assertRoom(userId, parts) // and that it is open still: that may have changed while the run was taken
  } catch (thrown) {
    await refuse(thrown)
    throw thrown
  }
  parts.runs.add(key, userId, run)
  run.begin()
  tellPlatform(run, started, options)

  const answer = await follow(key, started, parts).catch(async (thrown: unknown) => {
    await refuse(thrown)
    throw thrown
  })
  const begun = begin(started, parts, run, handle)
  if (!(await isSettledWithin(begun, parts.limits.keepAliveMs))) {
    // Proxies wait less long for an answer than Fluo may take: it begins, and a refusal comes in its stream.
    begun.catch((thrown: unknown) => {
      const { code, facts } = refusalOf(thrown)
      logRefusal(new Refusal(inStream, code, facts), exchange)
    })
    return answer ?? lostAnswer(started)
  }
  try {
    const said = await begun
    if (said === null) return answer ?? lostAnswer(started)
    void answer?.body?.cancel().catch(ignore)
    return passedAnswer(exchange, said)
  } catch (thrown) {
    void answer?.body?.cancel().catch(ignore)
    throw thrown
  }
}

function tellPlatform(run: OwnedRun, { exchange }: StartedRun, { waitUntil }: RelayOptions): void {
  try {
    waitUntil?.(run.ended)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : ''
    exchange.log({ level: 'error', event: 'hook-failed', detail: `waitUntil threw: ${reason}` })
  }
}

async function begin(
  ...[started, ...rest]: Parameters<typeof produceRun>
): Promise<Response | null> {
  const said = await produceRun(started, ...rest)
  if (said !== null) {
    const detail = 'beforeRun returned a Response.'
    started.exchange.log({ level: 'info', event: 'refused', status: said.status, detail })
  }
  return said
}

function ownedRun(key: string, { exchange }: StartedRun, parts: RelayParts): OwnedRun {
  const { runLog, limits, options } = parts
  return createOwnedRun({
    key,
    log: runLog,
    graceMs: options.graceMs ?? 60_000,
    totalMs: limits.totalMs,
    unreadBytes: limits.unreadBytes,
    onLate: () => ({
      end: 'failed',
      code: 'limit',
      detail: 'The run was over limits.totalMs.',
      frames: [errorFrame({ code: 'limit', requestId: exchange.requestId })],
    }),
    onEnd({ end, code, detail, isLogFault }: RunEnding) {
      const isBad = end === 'broken' || end === 'failed' || end === 'lost'
      exchange.log({
        level: isLogFault === true ? 'error' : isBad ? 'warn' : 'info',
        event: 'run-end',
        end,
        ...(code !== undefined && { code }),
        ...(detail !== undefined && { detail }),
      })
    },
  })
}

function follow(
  key: string,
  { request, userId, exchange }: StartedRun,
  parts: RelayParts,
): Promise<Response | null> {
  return followRun({ key, after: 0, userId, signal: request.signal, exchange }, parts)
}

/** The run is known, and its text is not kept any more: it has run, or is running, and nobody can tell how. */
function lostAnswer({ exchange }: StartedRun): Response {
  return streamAnswer(exchange, new Blob([writeRunEnd('unknown')]).stream())
}

function ignore(): void {
  // Nobody reads it any more.
}
