import { uploadTicketHeader } from '@fluokit/core/wire'
import { emptyAnswer } from '../answer/answer.ts'
import type { Exchange } from '../answer/exchange.ts'
import { Refusal } from '../answer/refusal.ts'
import type { RelayParts } from '../relay-parts.ts'
import { assertOpen, tooMany } from '../run/assert-room.ts'
import { learnFile } from './learn-file.ts'
import { putBytes } from './put-bytes.ts'
import { assertUploads } from './upload-parts.ts'
import { readTicket, type UploadTicket } from './upload-ticket.ts'

export interface BroughtBytes {
  readonly request: Request
  readonly userId: string
  readonly exchange: Exchange
}

/** How many files of one user may come in at once in this process. */
const atOnce = 8

/** Answers a PUT with a ticket: hands the bytes of a file on to the storage, and is a 204 once that has them. */
export async function storeUpload(
  { request, userId, exchange }: BroughtBytes,
  parts: RelayParts,
): Promise<Response> {
  const { options, limits, upstream } = parts
  const uploads = assertUploads(parts.uploads)
  assertOpen(parts)
  const header = request.headers.get(uploadTicketHeader)
  if (header === null) {
    throw new Refusal(422, 'invalid', { detail: `A PUT has no header "${uploadTicketHeader}".` })
  }
  const opened = await uploads.tickets.open(header, [options.projectId, userId])
  if (opened === null) {
    throw new Refusal(410, 'file-gone', {
      detail: 'The ticket of an upload is not one of this user and project, or has expired.',
    })
  }
  const ticket = readTicket(opened.text)
  learnFile(exchange.logMask, { blobPath: '', url: ticket.url }, '[file]')
  checkLength(request, ticket)

  const release = uploads.puts.take(userId, atOnce)
  if (release === null) throw tooMany(`The user sends more than ${atOnce} files at once.`)
  try {
    const { fetch } = upstream
    await putBytes(request.body, ticket, { limits, fetch, ended: request.signal })
  } finally {
    release()
  }
  exchange.log({ level: 'info', event: 'uploaded', status: 204 })
  return emptyAnswer(exchange)
}

/** Before a byte is read: a storage is told the length first, and takes no other. */
function checkLength({ headers }: Request, { size }: UploadTicket): void {
  const said = headers.get('content-length')
  if (said === null) {
    throw new Refusal(411, 'invalid', { detail: 'A PUT has no content-length.' })
  }
  const length = /^\d{1,15}$/.test(said) ? Number(said) : 0
  if (length > size) {
    throw new Refusal(413, 'too-large', { detail: 'A PUT is larger than its ticket says.' })
  }
  if (length < size) {
    throw new Refusal(422, 'invalid', { detail: 'A PUT is smaller than its ticket says.' })
  }
}
