import type { FileRef, TurnInput } from '@fluokit/core'
import { fileLists, type FileKind, type Upload, type UploadStatus } from '@fluokit/core/uploads'
import { fileName } from './file-name.ts'

/** A file that goes with a turn, or has gone. Another state of it is another object of the same `id`. */
export interface TurnFile {
  /** Tells the files of a turn apart. May hold a URL: a key for React, not for the page. */
  readonly id: string
  readonly kind: FileKind
  /** What to call it before people. */
  readonly name: string
  /** In bytes; null for a file that is named by URL. */
  readonly size: number | null
  /** Null for a file that is named by URL. */
  readonly mediaType: string | null
  /** `ready` for what goes with the turn, and for what has gone. */
  readonly status: UploadStatus
  /** What goes with the turn; null until it is ready. */
  readonly file: FileRef | null
  /** Its upload, where this page has seen one. */
  readonly upload: Upload | null
}

/** A file of a turn as parts show it. */
export function turnFile(kind: FileKind, file: FileRef): TurnFile {
  const isUrl = typeof file === 'string'
  return {
    id: `${kind} ${isUrl ? file : file.ref}`,
    kind,
    name: fileName(file),
    size: isUrl ? null : file.size,
    mediaType: isUrl ? null : file.mediaType,
    status: 'ready',
    file,
    upload: null,
  }
}

/** An upload as parts show it. */
export function fileOfUpload(upload: Upload): TurnFile {
  const { id, kind, name, size, mediaType, status, uploaded } = upload
  return { id, kind, name, size, mediaType, status, file: uploaded, upload }
}

/** The files of an input, in the order of its lists. */
export function filesOf(input: TurnInput): readonly TurnFile[] {
  const kinds = ['document', 'image', 'audio'] as const
  return kinds.flatMap((kind) => (input[fileLists[kind]] ?? []).map((file) => turnFile(kind, file)))
}

/** Whether two are one file, however each of them came. */
export function isSameFile(one: TurnFile, other: TurnFile): boolean {
  if (one.id === other.id) return true
  const ref = refOf(one)
  return ref !== null && ref === refOf(other) && one.kind === other.kind
}

/** Whether a file is still to be waited for. */
export function isOnItsWay({ status }: TurnFile): boolean {
  return status === 'queued' || status === 'uploading'
}

function refOf({ file }: TurnFile): string | null {
  return file === null || typeof file === 'string' ? file : file.ref
}
