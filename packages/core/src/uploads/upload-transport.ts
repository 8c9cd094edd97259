import type { SignedUpload } from '../wire/signed-upload.ts'

/** A file before it has a place. */
export interface UploadRequest {
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** How files are uploaded and seen again. Throws a `FluoFault` for what the server refuses and for a lost connection. */
export interface UploadTransport {
  /** Asks where a file may be put. */
  request(file: UploadRequest, signal: AbortSignal): Promise<SignedUpload>
  /**
   * Puts the bytes, with no credentials of the application's where they go to a storage. `onProgress` is called with how many of
   * them are sent. Throws a {@link PutFault} for what the storage refuses. Putting the same bytes twice does nothing more.
   */
  put(upload: SignedUpload, file: Blob, how: PutOptions): Promise<void>
  /** A URL at which an uploaded file can be seen for a short while. */
  view(ref: string, signal: AbortSignal): Promise<string>
}

export interface PutOptions {
  readonly signal: AbortSignal
  readonly onProgress: (sent: number) => void
}

/** A storage has refused the bytes. Where the URL `isExpired`, another one may do. */
export class PutFault extends Error {
  readonly status: number
  readonly isExpired: boolean

  constructor(status: number, isExpired: boolean) {
    super(`The storage refused an upload (HTTP ${status}).`)
    this.name = 'PutFault'
    this.status = status
    this.isExpired = isExpired
  }
}
