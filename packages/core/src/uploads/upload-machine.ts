import { createStore } from 'zustand/vanilla'
import { newId } from '../thread/new-id.ts'
import { mediaTypeOf } from '../wire/media-type.ts'
import type { UploadedFile } from '../wire/run-request.ts'
import { checkBytes } from './check-bytes.ts'
import { kindOf } from './file-kind.ts'
import type { Slots } from './slots.ts'
import type { UploadError } from './upload-error.ts'
import { UploadFault, uploadErrorOf } from './upload-fault.ts'
import { uploadFile } from './upload-file.ts'
import type { UploadTransport } from './upload-transport.ts'
import type { Upload } from './upload.ts'

/** What all files of one client share. */
export interface UploadSetup {
  readonly transport: UploadTransport
  readonly slots: Slots
  readonly random: () => number
  /** Tells of an upload that begins; `ended` rejects with an `UploadFault` where it fails. */
  readonly tell: (uploadId: string, ended: Promise<void>) => void
}

/** One file on its way. */
export interface UploadMachine {
  /** As it is now. */
  readonly upload: Upload
  /** Looks at the file, waits for a place among those that are uploaded at once, and uploads; a file that failed, once more. */
  start(): void
  fail(error: UploadError): void
  /** Stops sending; nothing changes any more. */
  leave(): void
}

/** These are wrong with the file itself: trying again would not help. */
const isOfFile: Partial<Record<UploadError['code'], true>> = {
  'empty-file': true,
  'large-file': true,
  type: true,
  mismatch: true,
  unreadable: true,
  'too-large': true,
  invalid: true,
}

/** A machine that waits to be started. `onChange` is called with each new state, and `onReady` behind the last one. */
export function createUploadMachine(
  file: File,
  setup: UploadSetup,
  onChange: () => void,
  onReady: (uploaded: UploadedFile) => void,
): UploadMachine {
  const name = file.name === '' ? 'file' : file.name
  const mediaType = mediaTypeOf(name, file.type)
  const { size } = file
  const progress = createStore(() => 0)
  const leaving = new AbortController()
  const { signal } = leaving
  let upload: Upload = {
    id: newId(),
    kind: kindOf(mediaType),
    name,
    mediaType,
    size,
    file,
    status: 'queued',
    uploaded: null,
    error: null,
    canRetry: false,
    progress,
  }

  function change(to: Partial<Upload>): void {
    if (signal.aborted) return
    upload = { ...upload, ...to }
    onChange()
  }

  function fail(error: UploadError): void {
    change({ status: 'failed', error, canRetry: isOfFile[error.code] !== true })
  }

  function onProgress(sent: number): void {
    if (!signal.aborted) progress.setState(Math.min(sent, size), true)
  }

  async function run(): Promise<void> {
    let giveBack: (() => void) | undefined
    try {
      await checkBytes(file, mediaType)
      giveBack = await setup.slots.take(signal)
      change({ status: 'uploading' })
      const request = { name, mediaType, size }
      const uploaded = await uploadFile(file, request, { ...setup, signal, onProgress })
      signal.throwIfAborted()
      onProgress(size)
      change({ status: 'ready', uploaded })
      onReady(uploaded)
    } catch (thrown) {
      if (signal.aborted) return // it was taken out, which is no failure
      const error = uploadErrorOf(thrown)
      fail(error)
      throw new UploadFault(error)
    } finally {
      giveBack?.()
    }
  }

  return {
    get upload() {
      return upload
    },
    start() {
      if (upload.status === 'failed') {
        onProgress(0)
        change({ status: 'queued', error: null, canRetry: false })
      }
      const ended = run()
      ended.catch(() => undefined) // it stands in the upload
      setup.tell(upload.id, ended)
    },
    fail,
    leave: () => leaving.abort(),
  }
}
