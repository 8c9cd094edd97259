import { createStore } from 'zustand/vanilla'
import type { ReadableStore } from '../thread/thread.ts'
import type { UploadLimits } from '../wire/upload-limits.ts'
import { checkFile } from './check-file.ts'
import { uploadedIn, withFile, withoutFile } from './draft-files.ts'
import type { UploadError } from './upload-error.ts'
import { createUploadMachine, type UploadMachine, type UploadSetup } from './upload-machine.ts'
import type { Upload } from './upload.ts'
import type { DraftOfFiles, ThreadUploads } from './uploads.ts'

/** Files that were uploaded from here are remembered for their previews, as many as this. */
const remembered = 50

/** The files of one thread. */
export function createThreadUploads(
  setup: UploadSetup,
  limits: UploadLimits,
  draft: DraftOfFiles,
): ThreadUploads {
  const store = createStore<readonly Upload[]>(() => [])
  const blobs = new Map<string, Blob>()
  let machines: readonly UploadMachine[] = []
  let isDisposed = false
  let stopPruning: (() => void) | null = null

  function show(shown: readonly UploadMachine[] = machines): void {
    machines = shown
    store.setState(
      machines.map(({ upload }) => upload),
      true,
    )
  }

  function add(file: File): boolean {
    const { count, bytes } = taken(store.getState(), draft)
    if (count >= limits.files) return false
    const machine = createUploadMachine(file, setup, show, (uploaded) => {
      remember(uploaded.ref, file)
      const later = machines.slice(machines.indexOf(machine) + 1)
      const refs = later.flatMap(({ upload }) => upload.uploaded?.ref ?? [])
      draft.set(withFile(draft.store.getState(), machine.upload.kind, uploaded, refs))
    })
    const error = checkFile(machine.upload, bytes, limits)
    // Files that may not be uploaded are shown, too, but not a whole folder of them.
    if (error !== null && machines.length >= 2 * limits.files) return false
    show([...machines, machine])
    if (error === null) machine.start()
    else machine.fail(error)
    return true
  }

  function remember(ref: string, file: Blob): void {
    blobs.set(ref, file)
    const [oldest] = blobs.keys()
    if (blobs.size > remembered && oldest !== undefined) blobs.delete(oldest)
  }

  /** What went into the draft leaves with it: it was sent, or somebody took it out. */
  function prune(): void {
    const refs = uploadedIn(draft.store.getState())
    const kept = machines.filter(
      ({ upload }) => upload.uploaded === null || refs.has(upload.uploaded.ref),
    )
    if (kept.length < machines.length) show(kept)
  }

  const find = (id: string): UploadMachine | undefined =>
    machines.find(({ upload }) => upload.id === id)

  return {
    store,
    limits,
    add(files) {
      if (isDisposed) return 0
      stopPruning ??= draft.store.subscribe(prune)
      return [...files].filter((file) => !add(file)).length
    },
    remove(id) {
      const machine = find(id)
      if (machine === undefined) return
      machine.leave()
      show(machines.filter((other) => other !== machine))
      const { kind, uploaded } = machine.upload
      const written = draft.store.getState()
      if (uploaded === null || written === null) return
      const without = withoutFile(written, kind, uploaded.ref)
      if (without !== written) draft.set(without)
    },
    retry(id) {
      const machine = find(id)
      if (machine?.upload.canRetry !== true) return
      const { count, bytes } = taken(store.getState(), draft)
      const isOneTooMany = count >= limits.files // others were added since it failed
      const error: UploadError | null = isOneTooMany
        ? { code: 'count' }
        : checkFile(machine.upload, bytes, limits)
      if (error === null) machine.start()
      else machine.fail(error)
    },
    settled: (signal) => settled(store, signal),
    blobOf: (ref) => blobs.get(ref) ?? null,
    dispose() {
      isDisposed = true
      stopPruning?.()
      for (const machine of machines) machine.leave()
      show([])
      blobs.clear()
    },
  }
}

/** How many files the next turn has so far, and how large they are together; those that failed do not go with it. */
function taken(
  uploads: readonly Upload[],
  draft: DraftOfFiles,
): { readonly count: number; readonly bytes: number } {
  const going = uploads.filter(({ status }) => status !== 'failed')
  const refs = new Set(going.map(({ uploaded }) => uploaded?.ref))
  const written = [...uploadedIn(draft.store.getState()).values()]
  const files = [...going, ...written.filter(({ ref }) => !refs.has(ref))]
  return { count: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }
}

function settled(store: ReadableStore<readonly Upload[]>, signal?: AbortSignal): Promise<void> {
  const isSettled = (): boolean =>
    store.getState().every(({ status }) => status === 'ready' || status === 'failed')
  return new Promise((resolve) => {
    const done = (): void => {
      unsubscribe()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const unsubscribe = store.subscribe(() => {
      if (isSettled()) done()
    })
    signal?.addEventListener('abort', done)
    if (isSettled() || signal?.aborted === true) done()
  })
}
