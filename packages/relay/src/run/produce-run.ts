import type { FluoError, TurnInput } from '@fluokit/core/wire'
import { errorFrame } from '../answer/frame.ts'
import { refusalOf } from '../answer/log-refusal.ts'
import { learnFile } from '../uploads/learn-file.ts'
import { resolveFiles, type ResolvedInput } from '../uploads/resolve-files.ts'
import { createMask } from '../upstream/mask.ts'
import { openUpstream } from '../upstream/open-upstream.ts'
import type { OwnedRun } from './owned-run.ts'
import { Refusal } from '../answer/refusal.ts'
import type { RelayOptions } from '../options/relay-options.ts'
import type { RelayParts, StartedRun } from '../relay-parts.ts'
import type { RunEnding } from './run-ending.ts'
import { pumpFrames } from '../upstream/pump-frames.ts'
import type { ThreadHandle } from '../thread/thread-handle.ts'

/** What Fluo answers when it has refused to run anything: the run's ID may be used again. */
const refusedWithoutRunning = new Set([401, 403, 404, 422, 429])

/**
 * Asks the application, then Fluo, once. Resolves when Fluo's answer has begun, whose events then go into the log
 * by themselves; with the application's own answer where it refused. Throws a {@link Refusal} for any other beginning:
 * readers of the run have been told.
 */
export async function produceRun(
  { call, userId, exchange }: StartedRun,
  parts: RelayParts,
  run: OwnedRun,
  handle: ThreadHandle,
): Promise<Response | null> {
  const { options, limits, secrets, upstream } = parts
  const { requestId } = exchange
  const refuse = async (error: FluoError, isFree: boolean): Promise<void> =>
    run.refuse([errorFrame({ ...error, requestId })], isFree)

  const asked = await prepare(call, userId, options).catch(async (thrown: unknown) => {
    await refuse({ code: 'upstream' }, true)
    throw thrown
  })
  if (asked instanceof Response) {
    await refuse({ code: 'forbidden' }, true)
    return asked
  }
  if (run.isEnded) return null

  const { logMask } = exchange
  let resolved: ResolvedInput
  try {
    resolved = await resolveFiles(asked, { userId, logMask, ended: run.abort.signal }, parts)
  } catch (thrown) {
    if (run.isEnded) return null // stopped, or left, before all files were found
    await refuse(errorOf(thrown), true)
    throw thrown
  }
  if (run.isEnded) return null
  const { input, files } = resolved

  exchange.log({ level: 'info', event: 'run-start' })
  const { threadId } = handle
  let body: ReadableStream<Uint8Array>
  try {
    body = await openUpstream(
      { agentId: call.agentId, threadId, input, abort: run.abort },
      upstream,
    )
  } catch (thrown) {
    if (run.isEnded) return null // stopped, or left, before Fluo answered
    const { upstreamStatus = 0 } = refusalOf(thrown).facts
    await refuse(errorOf(thrown), refusedWithoutRunning.has(upstreamStatus))
    throw thrown
  }

  const mask = createMask(secrets)
  if (threadId !== null) mask.learn(threadId)
  for (const file of files) learnFile(mask, file, file.name)
  const pumped = pumpFrames(
    body,
    {
      ...handle,
      mask,
      requestId,
      limits,
      signal: run.abort.signal,
      ...(options.decode !== undefined && { decode: options.decode }),
      ...(options.deltas !== undefined && { deltas: options.deltas }),
    },
    async (frames) => {
      await run.write(frames)
      return !run.isEnded
    },
  )
  void endWith(pumped, run, requestId)
  return null
}

/** What readers of the run are told of a refusal. */
function errorOf(thrown: unknown): FluoError {
  const { code, facts } = refusalOf(thrown)
  return { code, ...(facts.retryAt !== undefined && { retryAt: facts.retryAt }) }
}

/** Whatever goes wrong here ends the run for everybody who reads it. */
async function endWith(
  pumped: Promise<RunEnding | null>,
  run: OwnedRun,
  requestId: string,
): Promise<void> {
  try {
    const ending = await pumped
    if (ending !== null) await run.end(ending)
  } catch (thrown) {
    const detail =
      thrown instanceof Error ? thrown.message : 'Something that is no Error was thrown.'
    const frames = [errorFrame({ code: 'upstream', requestId })]
    await run.end({ end: 'failed', code: 'upstream', detail }, frames)
  }
}

/** What Fluo will be asked, after the application had its say; metadata that the server sets wins. */
async function prepare(
  { agentId, input }: StartedRun['call'],
  userId: string,
  { beforeRun }: RelayOptions,
): Promise<TurnInput | Response> {
  let said: Awaited<ReturnType<NonNullable<RelayOptions['beforeRun']>>>
  try {
    said = await beforeRun?.({ userId, agentId, input })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : ''
    throw new Refusal(500, 'upstream', { detail: `beforeRun threw: ${reason}` })
  }
  if (said instanceof Response) return said
  if (said?.metadata === undefined) return input
  return { ...input, metadata: { ...input.metadata, ...said.metadata } }
}
