import type { FluoErrorCode } from '../wire/errors.ts'

/**
 * Why a file is not uploaded. Found before a byte is sent: `empty-file`, `large-file`, `total` (all files together are too
 * large), `count` (tried again, it would be one too many), `type`, `mismatch` (its bytes are not what its name says), `unreadable` (gone, changed or locked since it was chosen, or a
 * folder). `storage`: the storage refused it. All others: what became of the call that asked where to put it, or of the bytes on
 * their way.
 */
export type UploadErrorCode =
  | FluoErrorCode
  | 'empty-file'
  | 'large-file'
  | 'total'
  | 'count'
  | 'type'
  | 'mismatch'
  | 'unreadable'
  | 'storage'

/** The facts of a failed upload, without the file's name or any URL. `limit` is the limit that it is over, in bytes. */
export interface UploadError {
  readonly code: UploadErrorCode
  readonly status?: number
  readonly limit?: number
  readonly retryAt?: number
  readonly requestId?: string
}
