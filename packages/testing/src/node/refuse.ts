import type { ServerResponse } from 'node:http'
import { refusalBody, type StatusStep } from '../refusal.ts'

/** Answers a call with a status and Fluo's `{detail}`. A redirect points to a path that shows who follows it. */
export function refuse(
  response: ServerResponse,
  step: StatusStep,
  { body = refusalBody(step), allow }: { readonly body?: string; readonly allow?: string } = {},
): void {
  const { status, retryAfter } = step
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
    ...(status >= 300 && status < 400 && { location: '/moved' }),
    ...(allow !== undefined && { allow }),
  })
  response.end(body)
}
