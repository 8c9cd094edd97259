import { isolate } from '../thread/isolate.ts'
import { newId } from '../thread/new-id.ts'
import { defaultUploadLimits, type UploadLimits } from '../wire/upload-limits.ts'
import { createSlots } from './slots.ts'
import { createThreadUploads } from './thread-uploads.ts'
import type { UploadTransport } from './upload-transport.ts'
import type { BegunUpload, OpenUploads } from './uploads.ts'
import { urlLifetime } from './url-lifetime.ts'
import { ViewUrl } from './view-url.ts'

export interface CreateUploadsOptions {
  readonly transport: UploadTransport
  /** What is looked at before a byte is sent. A relay has limits of its own: give both the same. */
  readonly limits?: Partial<UploadLimits>
  /** How many files are uploaded at once. @default 3 */
  readonly concurrency?: number
  /** From 0 to 1: which half of a pause is added to it between two tries. @default Math.random */
  readonly random?: () => number
}

/**
 * Files for `createFluoClient({ uploads })`. Nothing happens before a file is added. Throws a `RangeError` for a `concurrency` that
 * is no whole number from 1 on.
 */
export function createUploads(options: CreateUploadsOptions): OpenUploads {
  const { transport, concurrency = 3, random = Math.random } = options
  const limits = limitsOf(options)
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new RangeError('createUploads: concurrency is a whole number from 1 on.')
  }
  return () => {
    const listeners = new Set<(upload: BegunUpload) => void>()
    const names = new Map<string, string>()
    const scope = newId()
    const slots = createSlots(concurrency)
    return {
      forThread(threadKey, draft) {
        const tell = (uploadId: string, ended: Promise<void>): void => {
          for (const listener of listeners) isolate(listener, { threadKey, uploadId, ended })
        }
        return createThreadUploads({ transport, slots, random, tell }, limits, draft)
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      async view(ref, signal) {
        const url = await transport.view(ref, signal)
        const now = Date.now()
        return new ViewUrl(url, now + urlLifetime(url, now))
      },
      keyOf(ref) {
        const name = names.get(ref) ?? `${scope}-${names.size}`
        names.set(ref, name)
        return name
      },
      dispose: () => listeners.clear(),
    }
  }
}

/** A limit that is there and undefined is as absent: nothing is larger than undefined. */
function limitsOf({ limits = {} }: CreateUploadsOptions): UploadLimits {
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  return { ...defaultUploadLimits, ...Object.fromEntries(given) }
}
