import { jsonAnswer } from '../answer/answer.ts'
import type { Exchange } from '../answer/exchange.ts'
import type { RelayCall } from '../edge/parse-call.ts'
import type { RelayParts } from '../relay-parts.ts'
import { assertOpen } from '../run/assert-room.ts'
import { learnFile } from './learn-file.ts'
import { openRef } from './open-ref.ts'
import { assertUploads } from './upload-parts.ts'
import { viewUrl } from './view-url.ts'

export interface AskedView {
  readonly request: Request
  readonly call: Extract<RelayCall, { op: 'view' }>
  readonly userId: string
  readonly exchange: Exchange
}

/** Answers `op: 'view'` with a URL at which a file can be seen for a short while. */
export async function viewUpload(
  { request, call, userId, exchange }: AskedView,
  parts: RelayParts,
): Promise<Response> {
  assertUploads(parts.uploads)
  assertOpen(parts)
  const { logMask } = exchange
  logMask.learn(call.ref, '[file]')
  const blobPath = await openRef(call.ref, userId, parts)
  learnFile(logMask, { blobPath, url: '' }, '[file]')
  const url = await viewUrl(blobPath, request.signal, parts.upstream)
  exchange.log({ level: 'info', event: 'view', status: 200 })
  return jsonAnswer(exchange, { url })
}
