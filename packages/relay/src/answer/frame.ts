import { encodeEvent, encodeRunEnd, type FluoError, type RunEnd } from '@fluokit/core/wire'
import type { RunFrame } from '../run-log/run-log.ts'

/** An event as a browser reads it: one server-sent event, whose ID is its place in the run. */
export function writeFrame({ cursor, frame }: RunFrame): string {
  return `id: ${cursor}\ndata: ${frame}\n\n`
}

/** The last server-sent event of a run's stream. It has no ID: nothing comes behind it. */
export function writeRunEnd(end: RunEnd): string {
  return `data: ${encodeRunEnd(end)}\n\n`
}

/** An `error` event as a frame: what a browser may know of it. */
export function errorFrame({ code, retryAt, requestId }: FluoError): string {
  const error = {
    code,
    ...(retryAt !== undefined && { retryAt }),
    ...(requestId !== undefined && { requestId }),
  }
  return encodeEvent({ type: 'error', error })
}
