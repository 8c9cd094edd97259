import type { ReadableStore } from '../thread/thread.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { UploadLimits } from '../wire/upload-limits.ts'
import type { Upload } from './upload.ts'
import type { ViewUrl } from './view-url.ts'

/** An upload that has begun: `ended` resolves when it is ready or was taken out, and rejects with an `Error` of codes only when it failed. */
export interface BegunUpload {
  readonly threadKey: string
  readonly uploadId: string
  readonly ended: Promise<void>
}

/** The files of one thread that go with its next turn, each a small machine of its own. */
export interface ThreadUploads {
  /** In the order in which they were added. Changes with each file that comes, goes, is ready or fails; never with progress. */
  readonly store: ReadableStore<readonly Upload[]>
  readonly limits: UploadLimits
  /**
   * Adds files and begins to upload them. One that may not be uploaded is there as `failed`, with why. Returns how many were left
   * out because there would be too many. A file that is ready stands in the thread's draft from then on.
   */
  readonly add: (files: Iterable<File>) => number
  /** Takes a file out, of the draft as well; one on its way is left. */
  readonly remove: (id: string) => void
  /** Tries a failed file again. */
  readonly retry: (id: string) => void
  /** Resolves once no file is queued or uploading, or the signal aborts. Never rejects. */
  readonly settled: (signal?: AbortSignal) => Promise<void>
  /** The bytes of a file that was uploaded from this page, to be shown without a request. */
  readonly blobOf: (ref: string) => Blob | null
  readonly dispose: () => void
}

/** The draft of a thread, which ready files go into. */
export interface DraftOfFiles {
  readonly store: ReadableStore<TurnInput | null>
  readonly set: (draft: TurnInput) => void
}

/** All uploads of one client. */
export interface Uploads {
  /** The files of a thread. */
  forThread(threadKey: string, draft: DraftOfFiles): ThreadUploads
  /** Calls back with every upload that begins, until the returned function is called. */
  subscribe(listener: (upload: BegunUpload) => void): () => void
  /** Where an uploaded file can be seen, for a short while. Rejects with a `FluoFault`. */
  view(ref: string, signal: AbortSignal): Promise<ViewUrl>
  /** A name for a `ref` that says nothing, for keys. The same for as long as the client lives. */
  keyOf(ref: string): string
  /** Leaves every upload. */
  dispose(): void
}

/** What `createFluoClient({ uploads })` takes: opens the uploads of one client. */
export type OpenUploads = () => Uploads
