import type { Awaitable } from '../awaitable.ts'

/** A file that somebody wants to upload, before Fluo is asked for a place for it. */
export interface RelayUpload {
  readonly userId: string
  /** As Fluo is told it: one segment, without control characters, at most 255 characters. */
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** How files are uploaded. An empty object takes every default. */
export interface RelayUploads {
  /**
   * Where a browser puts the bytes: `direct` to the storage, whose CORS must allow your pages, or to the `relay`, which
   * hands them on as they come. @default 'direct'
   */
  readonly upload?: 'direct' | 'relay'
  /** The largest file, in bytes. @default 26214400 (25 MiB) */
  readonly fileBytes?: number
  /** Media types in lower case without parameters, such as `application/pdf`, or whole families, such as `image/*`. @default those of `defaultUploadLimits` in `@fluokit/core/wire` */
  readonly mediaTypes?: readonly string[]
  /**
   * Headers that the storage wants to have with each PUT, beside `content-type`. With `direct` the browser is told them. What
   * would carry a credential or is the connection's own is refused: at start-up, or with a 500 where a function says it.
   */
  readonly headers?:
    | Readonly<Record<string, string>>
    | ((upload: RelayUpload) => Awaitable<Readonly<Record<string, string>>>)
  /** How many uploads one user may begin within an hour in this process, from 1 to 10000; one more is a 429. @default 100 */
  readonly perHour?: number
  /** Called before Fluo is asked for a place: a `Response` refuses the upload. */
  readonly beforeUpload?: (upload: RelayUpload) => Awaitable<Response | void>
}
