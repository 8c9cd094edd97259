import type { TurnInput } from '@fluokit/core/wire'
import { passedAnswer, streamAnswer } from './answer.ts'
import { checkFiles } from './check-files.ts'
import { learnInput } from './learn-input.ts'
import { createMask } from './mask.ts'
import { openUpstream } from './open-upstream.ts'
import { pullStream } from './pull-stream.ts'
import { Refusal } from './refusal.ts'
import type { RelayOptions } from './relay-options.ts'
import type { RelayParts, StartedRun } from './relay-parts.ts'
import { createRunEnd, type RunEnd } from './run-end.ts'
import { runFrames } from './run-frames.ts'
import { createThreadHandle, type ThreadHandle } from './thread-handle.ts'

/** Answers `op: 'start'` of a listed agent: opens the thread, takes the run, asks the application, then Fluo. */
export async function startRun(started: StartedRun, parts: RelayParts): Promise<Response> {
  const { request, call, userId, exchange } = started
  checkFiles(call.input, parts.options.fileHosts ?? [])
  learnInput(exchange.logMask, call.input)
  const handle = await createThreadHandle(started, parts)

  const owner = { userId, agentId: call.agentId, runId: call.runId }
  const release = parts.runs.acquire(owner, () => run.end({ end: 'stopped' }))
  if (release === null) {
    throw new Refusal(409, 'invalid', { detail: 'This run is open already.' })
  }
  const run = createRunEnd(request.signal, ({ end, code, detail }) => {
    release()
    if (end === 'refused') return
    exchange.log({
      level: end === 'broken' || end === 'failed' ? 'warn' : 'info',
      event: 'run-end',
      end,
      ...(code !== undefined && { code }),
      ...(detail !== undefined && { detail }),
    })
  })
  try {
    return await ask(started, parts, run, handle)
  } catch (thrown) {
    // Stopped or left before Fluo answered: nobody waits for a refusal.
    if (run.isEnded) return streamAnswer(exchange, new Blob().stream())
    run.end({ end: 'refused' })
    throw thrown
  }
}

async function ask(
  { call, userId, exchange }: StartedRun,
  { options, limits, secrets }: RelayParts,
  run: RunEnd,
  handle: ThreadHandle,
): Promise<Response> {
  const input = await prepare(call, userId, options)
  if (input instanceof Response) {
    run.end({ end: 'refused' })
    exchange.log({
      level: 'info',
      event: 'refused',
      status: input.status,
      detail: 'beforeRun returned a Response.',
    })
    return passedAnswer(exchange, input)
  }

  exchange.log({ level: 'info', event: 'run-start' })
  const { threadId } = handle
  const body = await openUpstream(
    { agentId: call.agentId, threadId, input, abort: run.abort },
    {
      apiKey: options.apiKey,
      projectId: options.projectId,
      baseUrl: options.baseUrl ?? 'https://api.fluo.one',
      fetch: options.fetch ?? fetch,
      firstByteMs: limits.firstByteMs,
    },
  )
  const mask = createMask(secrets)
  if (threadId !== null) mask.learn(threadId)
  const frames = runFrames(body, {
    ...handle,
    mask,
    requestId: exchange.requestId,
    limits,
    run,
    ...(options.decode !== undefined && { decode: options.decode }),
    ...(options.deltas !== undefined && { deltas: options.deltas }),
  })
  return streamAnswer(
    exchange,
    pullStream(frames, {
      keepAliveMs: limits.keepAliveMs,
      onLeave: () => run.end({ end: 'left' }),
    }),
  )
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
