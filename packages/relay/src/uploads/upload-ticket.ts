import { longestStorageUrl } from './storage-url.ts'

/** What the relay has to know of an upload when its bytes come. */
export interface UploadTicket {
  readonly url: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
  /** The storage's, without the media type. */
  readonly headers: Readonly<Record<string, string>>
}

/** How long bytes may be brought for an upload, in milliseconds; five minutes of leeway for clocks come to it. */
export const ticketLifetimeMs: number = 10 * 60_000

/** The longest ticket that is sealed, in characters: as a header it is just short of the 8 KiB that proxies take. */
export const longestTicket: number = longestStorageUrl + 1500

/** A ticket as text, to be sealed. */
export function writeTicket({ url, mediaType, size, headers }: UploadTicket): string {
  return JSON.stringify([url, mediaType, size, headers])
}

/** What {@link writeTicket} wrote. */
export function readTicket(text: string): UploadTicket {
  const [url, mediaType, size, headers] = JSON.parse(text) as [
    string,
    string,
    number,
    UploadTicket['headers'],
  ]
  return { url, mediaType, size, headers }
}
