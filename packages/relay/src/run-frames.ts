import {
  createDecoder,
  encodeEvent,
  FluoFault,
  guardThread,
  readSseBatches,
  type DecodeOptions,
  type FluoError,
  type FluoErrorCode,
  type FluoEvent,
} from '@fluokit/core/wire'
import type { Mask } from './mask.ts'
import { hidden } from './mask.ts'
import type { RelayLimits } from './relay-limits.ts'
import type { RunEnd, RunEnding } from './run-end.ts'
import { safeEvent } from './safe-event.ts'

export interface FrameOptions extends DecodeOptions {
  readonly threadId: string | null
  /** The handle for the run's raw thread ID, asked for once. */
  readonly handleFor: (threadId: string) => Promise<string>
  readonly mask: Mask
  readonly requestId: string
  readonly limits: RelayLimits
  readonly run: RunEnd
}

/**
 * What a browser gets of Fluo's stream: each event decoded, kept on one thread, masked and written anew, as
 * server-sent events with `id: 1`, `id: 2` and so on; one piece of text for each piece of bytes that held an event.
 * A limit ends the run with an `error` event. A body that breaks off throws: a cut answer must look cut.
 */
export async function* runFrames(
  body: ReadableStream<Uint8Array>,
  { threadId, handleFor, mask, requestId, limits, run, ...options }: FrameOptions,
): AsyncGenerator<string, void, undefined> {
  const decode = createDecoder(options)
  const guard = guardThread(threadId)
  const { signal } = run.abort
  const batches = readSseBatches(body, { maxEventBytes: limits.eventBytes, signal })[
    Symbol.asyncIterator
  ]()
  const encoder = new TextEncoder()
  let threadRef: string | null = null
  let cursor = 0
  let sent = 0
  let patience = limits.firstByteMs
  let ending: RunEnding = { end: 'done' }

  const frameOf = (event: FluoEvent): string => {
    const ref =
      'threadRef' in event && event.threadRef !== undefined ? (threadRef ?? undefined) : undefined
    cursor += 1
    return `id: ${cursor}\ndata: ${encodeEvent(safeEvent(event, { mask, requestId, threadRef: ref }))}\n\n`
  }
  const failure = (code: FluoErrorCode): string => frameOf({ type: 'error', error: { code } })

  for (;;) {
    let isOver = false
    let text = ''
    try {
      const next = await within(batches.next(), patience)
      if (next.done === true) break
      patience = limits.idleMs
      const events: FluoEvent[] = []
      for (const event of next.value.flatMap((message) => decode(message))) {
        events.push(...guard.check(event))
        // IDs are learnt from the whole batch before any of it is written.
        if ('threadRef' in event && event.threadRef !== undefined) {
          if (event.threadRef !== guard.threadId) mask.learn(event.threadRef, hidden)
          else if (threadRef === null) {
            threadRef = await handleFor(event.threadRef)
            mask.learn(event.threadRef, threadRef)
          }
        }
        if (event.type === 'error') ending = endingOf(event.error)
      }
      text = events.map(frameOf).join('')
    } catch (thrown) {
      const code = limitOf(thrown)
      if (code === null) {
        if (signal.aborted) break
        run.end({ end: 'broken', code: 'network', detail: detailOf(thrown) })
        throw thrown
      }
      isOver = true
      text = failure(code)
      run.end({ end: 'failed', code })
    }
    if (!isOver && text !== '') {
      sent += encoder.encode(text).byteLength
      if (sent > limits.runBytes) {
        isOver = true
        text = failure('limit')
        run.end({ end: 'failed', code: 'limit' })
      }
    }
    if (text !== '') yield text
    if (isOver) break
  }
  run.end(ending)
}

/** The detail is for the log, which masks it. */
function endingOf({ code, detail }: FluoError): RunEnding {
  return { end: 'failed', code, ...(detail !== undefined && { detail }) }
}

function limitOf(thrown: unknown): FluoErrorCode | null {
  if (!(thrown instanceof FluoFault)) return null
  const { code } = thrown.error
  return code === 'too-large' || code === 'stalled' ? code : null
}

function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'The stream broke off.'
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FluoFault({ code: 'stalled' })), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
