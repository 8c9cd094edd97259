import { errorFromResponse, type FluoError, type FluoEvent } from '@fluokit/core/wire'
import type { Step } from './script.ts'

/** The step that refuses a call. */
export type StatusStep = Extract<Step, { readonly status: number }>

/** The body of a refused call, as Fluo writes it: `{detail}`, for validation errors with their `type`. */
export function refusalBody({ status, detail }: StatusStep): string {
  if (status === 204 || status === 304) return ''
  return JSON.stringify({
    detail: detail ?? `HTTP ${status}`,
    ...(status === 422 && { type: 'ValidationError' }),
  })
}

/** What a transport makes of the refusal, by the rules of the kit's own transports. */
export function refusalError(step: StatusStep, options: { continuesThread: boolean }): FluoError {
  const { status, retryAfter } = step
  if (status === 204) return { code: 'empty', status }
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter })
  const error = errorFromResponse({ status, headers }, refusalBody(step), options)
  return status < 300 ? { ...error, code: 'not-a-stream' } : error
}

/** The same failure told in mid-stream, where a status can no longer be sent. */
export function refusalEvent(step: StatusStep): FluoEvent {
  return { type: 'error', error: refusalError(step, { continuesThread: false }) }
}
