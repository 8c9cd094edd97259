import type { ReadableStore } from '../thread/thread.ts'
import type { UploadedFile } from '../wire/run-request.ts'
import type { FileKind } from './file-kind.ts'
import type { UploadError } from './upload-error.ts'

export type UploadStatus = 'queued' | 'uploading' | 'ready' | 'failed'

/** One file on its way, as it is at the moment: another status is another object of the same `id`. */
export interface Upload {
  readonly id: string
  readonly kind: FileKind
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
  /** The bytes themselves, on the person's own disk. */
  readonly file: File
  readonly status: UploadStatus
  /** What goes with the turn, once it is `ready`. */
  readonly uploaded: UploadedFile | null
  /** Why it is `failed`. */
  readonly error: UploadError | null
  /** Whether trying again could help: the file itself is all right. */
  readonly canRetry: boolean
  /** How many of its bytes are sent. The same store for as long as the file is here: only what shows it re-renders. */
  readonly progress: ReadableStore<number>
}
