/** What may be uploaded. A relay and the pages in front of it have these each for themselves: the relay's count. */
export interface UploadLimits {
  /** The largest single file, in bytes. @default 26214400 (25 MiB) */
  readonly fileBytes: number
  /** The most that the files of one message may have together, in bytes. @default 104857600 (100 MiB) */
  readonly totalBytes: number
  /** How many files one message may have. @default 10 */
  readonly files: number
  /** Media types in lower case without parameters, such as `application/pdf`, or a whole family, such as `image/*`. @default {@link defaultUploadLimits} */
  readonly mediaTypes: readonly string[]
}

/**
 * The limits where none are set. No SVG and no HTML: both run scripts for whoever opens them. What a page may hold in
 * memory does not matter here, for files are never read whole.
 */
export const defaultUploadLimits: UploadLimits = {
  fileBytes: 25 * 1024 * 1024,
  totalBytes: 100 * 1024 * 1024,
  files: 10,
  mediaTypes: [
    'application/json',
    'application/pdf',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'audio/mp4',
    'audio/mpeg',
    'audio/ogg',
    'audio/wav',
    'audio/webm',
    'image/gif',
    'image/jpeg',
    'image/png',
    'image/webp',
    'text/csv',
    'text/markdown',
    'text/plain',
  ],
}
