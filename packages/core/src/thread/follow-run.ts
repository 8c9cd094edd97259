import type { Transport } from '../transport/transport.ts'
import type { FluoError } from '../wire/errors.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { pumpRun, type PumpSink, type StreamEnd } from './pump-run.ts'
import { createSeam } from './seam.ts'
import { createTries } from './try-again.ts'

/** How long a run that has answered is looked for, and one of which not a byte has come, in milliseconds. */
const patience = { answered: 120_000, silent: 5000 } as const

/** A server that says not to know a run may not have noted it yet when that was asked for less than this ago, in milliseconds. */
const noteTime = 10_000

/** So often it is then asked once more. */
const mostDoubts = 2

/** The end of a connection that held for so long is a new loss, in milliseconds. */
const goodConnection = 10_000

/**
 * Where an earlier page left a run: its last cursor, null for its beginning, whether anything had come of it, and when it was
 * asked for at the latest, in milliseconds since the epoch.
 */
export interface LeftRun {
  readonly after: string | null
  readonly hasAnswered: boolean
  readonly askedAt: number
}

export interface FollowSetup extends PumpSink {
  readonly transport: Transport
  readonly request: RunRequest
  /** Absent: the run is asked for now. */
  readonly left?: LeftRun | undefined
  readonly signal: AbortSignal
  /** From 0 to 1: how much of its half is added to a pause between two tries. */
  readonly random: () => number
  /** The connection is lost. Returning false looks for the run no further. */
  onLost(): boolean
}

/**
 * Reads a run to its end, over as many connections as it takes where the transport can resume: every event once, in order.
 * Only `start` asks for anything, and it is called once at most. A run that was asked for and cannot be found any more ends as
 * `unknown`, with an error where that says why, and so does one to which a proxy answered in the server's place. Never throws.
 */
export async function followRun(setup: FollowSetup): Promise<StreamEnd> {
  const { transport, request, left, signal } = setup
  const { runId, agentId } = request
  const tries = createTries(signal, setup.random)
  const seam = createSeam(left?.after ?? null)
  const askedAt = left?.askedAt ?? Date.now()
  let doubts = 0
  let hasAnswered = left?.hasAnswered ?? false
  let hasNews = false
  let connectedAt: number | null = null
  const sink: PumpSink = {
    take(event, at) {
      if (at !== null && !seam.isNew(at)) return true
      hasNews = true
      return setup.take(event, at)
    },
    batchEnd() {
      hasAnswered = true
      connectedAt ??= performance.now()
      setup.batchEnd()
    },
  }

  /** Whether "no such run" may be said of one that is only about to begin. */
  function isDoubtful({ code }: FluoError): boolean {
    if (code !== 'empty' || hasAnswered || Date.now() - askedAt >= noteTime) return false
    doubts += 1
    return doubts <= mostDoubts
  }

  let stream: StreamEnd = { end: null, error: { code: 'network' } }
  if (left === undefined) stream = await pumpRun(() => transport.start(request, signal), sink)
  const resume = transport.resume?.bind(transport)
  if (resume === undefined || stream.error?.code !== 'network') return stream
  const refusal = stream.error.status === undefined ? null : asUpstream(stream.error)
  for (let isKnownLost = left !== undefined; ; isKnownLost = false) {
    if (signal.aborted || !(isKnownLost || setup.onLost())) return stream
    if (hasNews || hasHeld(connectedAt)) tries.reset()
    const isInTime = await tries.next(
      hasAnswered ? patience.answered : patience.silent,
      stream.error?.retryAt,
    )
    if (signal.aborted) return stream
    if (!isInTime) {
      if (refusal !== null && !hasAnswered) return { end: 'unknown', error: refusal }
      const isAsked = hasAnswered || left !== undefined || doubts > 0
      return { end: isAsked ? 'unknown' : null, error: { code: 'network' } }
    }
    seam.open()
    hasNews = false
    connectedAt = null
    const call = { runId, agentId, after: seam.cursor }
    stream = await pumpRun(() => resume(call, signal), sink)
    if (stream.error === null) return stream
    if (mayComeBack(stream.error) || isDoubtful(stream.error)) continue
    if (connectedAt !== null) return stream
    return { end: 'unknown', error: reasonOf(stream.error) ?? (hasAnswered ? null : refusal) }
  }
}

function hasHeld(connectedAt: number | null): boolean {
  return connectedAt !== null && performance.now() - connectedAt >= goodConnection
}

/** Whether what stands between here and the run may be gone in a moment. */
function mayComeBack({ code, status = 500 }: FluoError): boolean {
  const isServerDown = code === 'upstream' && status >= 500
  return code === 'network' || code === 'rate-limited' || code === 'not-a-stream' || isServerDown
}

/** What a proxy said, as it is told once it was looked behind it in vain. */
function asUpstream(error: FluoError): FluoError {
  return { ...error, code: 'upstream' }
}

/** What a person can do something about; that the run is not known there says nothing more than its end does. */
function reasonOf(error: FluoError): FluoError | null {
  const isForPerson = error.code === 'unauthorized' || error.status === 403
  return isForPerson ? error : null
}
