import { isListedType, type SignedUpload } from '@fluokit/core/wire'
import { jsonAnswer, passedAnswer } from '../answer/answer.ts'
import type { Exchange } from '../answer/exchange.ts'
import { inStream, Refusal } from '../answer/refusal.ts'
import type { RelayCall } from '../edge/parse-call.ts'
import type { RelayUpload } from '../options/relay-uploads.ts'
import { storageHeaders } from '../options/storage-headers.ts'
import type { RelayParts } from '../relay-parts.ts'
import { assertOpen } from '../run/assert-room.ts'
import { askUpstream } from '../upstream/ask-upstream.ts'
import { cleanName } from './clean-name.ts'
import { learnFile } from './learn-file.ts'
import { storageUrl } from './storage-url.ts'
import { assertUploads, longestBlobPath, type UploadParts } from './upload-parts.ts'
import { writeTicket } from './upload-ticket.ts'

export interface AskedUpload {
  readonly request: Request
  readonly call: Extract<RelayCall, { op: 'upload' }>
  readonly userId: string
  readonly exchange: Exchange
}

const longestName = 255

/**
 * Answers `op: 'upload'`: asks Fluo for a place, and says where the bytes go and what the file is called from now on. What
 * is refused here has asked Fluo nothing.
 */
export async function issueUpload(asked: AskedUpload, parts: RelayParts): Promise<Response> {
  const { request, call, userId, exchange } = asked
  const { projectId } = parts.options
  const uploads = assertUploads(parts.uploads)
  assertOpen(parts)
  const upload = checkUpload(asked, uploads)
  for (const name of [call.name, upload.name]) exchange.logMask.learn(name, '[file]')
  const retryAt = uploads.begun.take(userId)
  if (retryAt !== null) {
    throw new Refusal(429, 'rate-limited', { detail: 'The user is over uploads.perHour.', retryAt })
  }
  const said = await askApplication(upload, uploads)
  if (said !== undefined) {
    const detail = 'uploads.beforeUpload returned a Response.'
    exchange.log({ level: 'info', event: 'refused', status: said.status, detail })
    return passedAnswer(exchange, said)
  }
  const headers = await headersOf(upload, uploads, parts.options.apiKey)

  const place = await askUpstream(
    {
      path: '/api/v1/uploads/request',
      body: { filename: upload.name, contentType: upload.mediaType, purpose: 'chat' },
      ended: request.signal,
    },
    parts.upstream,
  )
  const url = storageUrl(place['signedUrl'], parts.upstream.baseUrl)
  const { blobPath } = place
  if (url === null || typeof blobPath !== 'string') {
    throw noPlace('signedUrl is no https URL, or its blobPath is missing')
  }
  learnFile(exchange.logMask, { blobPath, url }, '[file]')
  const scope = [projectId, userId]
  const ref = await uploads.files.seal(blobPath, scope)
  if (ref === null) throw noPlace(`blobPath is no text of 1 to ${longestBlobPath} characters`)
  exchange.logMask.learn(ref, '[file]')

  const { mediaType, size } = upload
  let answer: SignedUpload
  if (uploads.options.upload === 'direct') {
    answer = { ref, url, ticket: null, headers: { ...headers, 'content-type': mediaType } }
  } else {
    const ticket = await uploads.tickets.seal(writeTicket({ url, mediaType, size, headers }), scope)
    if (ticket === null) throw noPlace('signedUrl is too long, with uploads.headers, for a ticket')
    answer = { ref, url: null, ticket, headers: {} }
  }
  exchange.log({ level: 'info', event: 'upload', status: 200 })
  return jsonAnswer(exchange, answer)
}

function checkUpload({ call, userId }: AskedUpload, { options }: UploadParts): RelayUpload {
  const { mediaType, size } = call
  const name = cleanName(call.name)
  if (name.length > longestName) {
    throw new Refusal(422, 'invalid', {
      detail: `The name of a file is over ${longestName} characters.`,
    })
  }
  if (!isListedType(mediaType, options.mediaTypes)) {
    throw new Refusal(422, 'invalid', {
      detail: `The relay's option uploads.mediaTypes does not list "${mediaType}".`,
    })
  }
  if (size > options.fileBytes) {
    throw new Refusal(413, 'too-large', { detail: 'The file is over uploads.fileBytes.' })
  }
  return { userId, name, mediaType, size }
}

async function askApplication(
  upload: RelayUpload,
  { options }: UploadParts,
): Promise<Response | undefined> {
  try {
    const said = await options.beforeUpload?.(upload)
    return said instanceof Response ? said : undefined
  } catch (thrown) {
    throw failed('uploads.beforeUpload', thrown)
  }
}

/** What a function says is checked as what an option says is at start-up. */
async function headersOf(
  upload: RelayUpload,
  { options }: UploadParts,
  apiKey: string,
): Promise<Readonly<Record<string, string>>> {
  const { headers = {} } = options
  let said: unknown
  try {
    said = typeof headers === 'function' ? await headers(upload) : headers
  } catch (thrown) {
    throw failed('uploads.headers', thrown)
  }
  const checked = storageHeaders(said, apiKey)
  if (checked !== null) return checked
  throw new Refusal(500, 'upstream', {
    detail: 'uploads.headers returned a header that no storage may be sent.',
  })
}

function failed(name: string, thrown: unknown): Refusal {
  const reason = thrown instanceof Error ? thrown.message : ''
  return new Refusal(500, 'upstream', { detail: `${name} threw: ${reason}` })
}

function noPlace(why: string): Refusal {
  return new Refusal(inStream, 'upstream', { detail: `Fluo gave no place for a file: ${why}.` })
}
