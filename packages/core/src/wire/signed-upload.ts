import { isPayload, type Payload } from './payload.ts'

/** Where the bytes of one file may be put, for a short while. */
export interface SignedUpload {
  /** What the file is called from now on, in the `ref` of a turn's file. Behind the relay it is sealed, and its owner's only. */
  readonly ref: string
  /** The storage's URL, which whoever has it may write to; null where the bytes go to the relay, with the ticket. */
  readonly url: string | null
  /** The relay's own memory of the upload, sealed. Goes back in the header {@link uploadTicketHeader}. */
  readonly ticket: string | null
  /** What the storage wants to hear with the bytes, the media type included. */
  readonly headers: Readonly<Record<string, string>>
}

/** The header of a PUT to the relay that says which upload its bytes are. */
export const uploadTicketHeader = 'fluokit-upload'

/** A relay's answer to `op: 'upload'`; null for what is none. */
export function parseSignedUpload(value: unknown): SignedUpload | null {
  if (!isPayload(value)) return null
  const { ref, url, ticket, headers } = value
  if (typeof ref !== 'string' || ref === '' || !isPayload(headers)) return null
  if (!isTextOrNull(url) || !isTextOrNull(ticket) || (url === null) === (ticket === null)) {
    return null
  }
  if (!isAllText(headers)) return null
  return { ref, url, ticket, headers }
}

function isAllText(headers: Payload): headers is Readonly<Record<string, string>> {
  return Object.values(headers).every((text) => typeof text === 'string')
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
