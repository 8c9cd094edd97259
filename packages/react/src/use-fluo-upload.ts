'use client'
import type { ThreadOptions, TurnInput } from '@fluokit/core'
import type { UploadLimits } from '@fluokit/core/wire'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { threadFiles } from './attachment/thread-files.ts'
import { removeFile } from './attachment/remove-file.ts'
import { isOnItsWay, type TurnFile } from './attachment/turn-file.ts'
import { warnOfNoUploads } from './attachment/warn-of-no-uploads.ts'
import { fileInputOf } from './composer/draft.ts'
import { followSentFiles } from './follow-sent-files.ts'
import { useThread } from './use-thread.ts'

/** The files of a thread's next turn, and what can be done with them. The actions keep their identity as long as the thread does. */
export interface UploadView {
  /** In the order in which they were added. */
  readonly files: readonly TurnFile[]
  /** Begins to upload files. Returns how many were left out because there would be too many. */
  readonly add: (files: Iterable<File>) => number
  readonly remove: (file: TurnFile) => void
  /** Uploads a failed file again. */
  readonly retry: (file: TurnFile) => void
  /** Whether a file is queued or being uploaded. */
  readonly isUploading: boolean
  /** What may be uploaded; null where the client was given no `uploads`. */
  readonly limits: UploadLimits | null
  /** The files that are ready, for `send({ query, ...input })`. */
  readonly input: Pick<TurnInput, 'documents' | 'images' | 'audios'>
  /** Resolves once no file is queued or uploading, or the signal aborts. Never rejects. */
  readonly settled: (signal?: AbortSignal) => Promise<void>
}

/**
 * Uploads for a thread, without any part: of these options, or bare the one of the `<ChatThread.Root>` above. Files that
 * went with a turn leave the list. Re-renders with each file that comes, goes, is ready or fails, never with progress:
 * for that, `useStore(file.upload.progress)`. Throws where there is no thread to be found.
 */
export function useFluoUpload(options?: ThreadOptions): UploadView {
  const thread = useThread(options)
  const files = useStore(threadFiles(thread))
  useEffect(() => followSentFiles(thread), [thread])
  const actions = useMemo(() => actionsOf(thread), [thread])
  return useMemo(
    () => ({
      ...actions,
      files,
      isUploading: files.some(isOnItsWay),
      input: fileInputOf(files),
    }),
    [actions, files],
  )
}

function actionsOf(thread: ReturnType<typeof useThread>): Actions {
  const { uploads } = thread
  return {
    limits: uploads?.limits ?? null,
    add(files) {
      if (uploads !== null) return uploads.add(files)
      warnOfNoUploads()
      return 0
    },
    remove: (file) => removeFile(thread, file),
    retry({ upload }) {
      if (upload !== null) uploads?.retry(upload.id)
    },
    settled: (signal) => uploads?.settled(signal) ?? Promise.resolve(),
  }
}

type Actions = Omit<UploadView, 'files' | 'isUploading' | 'input'>
