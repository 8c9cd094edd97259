import { PutFault, type UploadRequest, type UploadTransport } from '@fluokit/core/uploads'
import { FluoFault } from '@fluokit/core/wire'
import { scheduleTimeout, sleep, type Schedule } from './sleep.ts'

/**
 * How a try to upload a file ends: `stored`; `expired` (the storage says that the URL is good no longer); `refused` (it does not
 * take the bytes); `lost` (the connection breaks, which the kit tries again for a minute); `forbidden` (the server gives
 * no place at all); or `held`: not by itself, so that there is no answer until the test gives one.
 */
export type UploadEnd = 'stored' | 'expired' | 'refused' | 'lost' | 'forbidden' | 'held'

/** How one try to upload a file goes. */
export interface UploadPlan {
  /** @default 'stored' */
  readonly end?: UploadEnd
  /** Which part of the file is sent before that, from 0 to 1. @default 1, or 0 for one that is held */
  readonly upTo?: number
  /** How fast. @default at once */
  readonly bytesPerSecond?: number
}

/** One try to put a file into the storage. */
export interface ScriptedPut {
  readonly file: UploadRequest
  /** Aborts when it is left. */
  readonly signal: AbortSignal
  /** Has so much of the file been sent, from 0 to 1. */
  send(share: number): void
  /** Ends it. Does nothing to one that has ended. */
  end(how: Exclude<UploadEnd, 'held'>): void
}

export interface ScriptedUploadsOptions {
  /** What becomes of a file; `attempt` counts the tries of files of this name, from 0. @default every file is stored at once */
  readonly plan?: (file: UploadRequest, attempt: number) => UploadPlan | UploadEnd
  /** Where a stored file can be seen; null: it is gone. @default a small picture */
  readonly view?: (ref: string) => string | null
  /** The timer of `bytesPerSecond`. @default setTimeout */
  readonly schedule?: Schedule
}

export interface ScriptedUploads {
  /** For `createUploads({ transport })`. */
  readonly transport: UploadTransport
  /** Every try so far. */
  readonly puts: readonly ScriptedPut[]
  /** The newest try to put a file of this name. Throws where there was none. */
  put(name: string): ScriptedPut
  /** The refs that were asked for to be seen, in order. */
  readonly viewed: readonly string[]
}

/** Ten frames a second: what a person takes for moving. */
const tick = 100

/** A picture of one grey pixel. */
const picture = 'data:image/gif;base64,R0lGODlhAQABAIAAAMzMzAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='

/** A storage that keeps nothing and calls nobody: what becomes of each file, and how fast, is for the test or the story to say. */
export function scriptedUploads(options: ScriptedUploadsOptions = {}): ScriptedUploads {
  const { plan = () => 'stored', view = () => picture, schedule = scheduleTimeout } = options
  const attempts = new Map<string, number>()
  const places = new Map<string, { readonly file: UploadRequest; readonly plan: UploadPlan }>()
  const puts: ScriptedPut[] = []
  const viewed: string[] = []

  const transport: UploadTransport = {
    async request(file, signal) {
      signal.throwIfAborted()
      const attempt = attempts.get(file.name) ?? 0
      attempts.set(file.name, attempt + 1)
      const planned = plan(file, attempt)
      const how = typeof planned === 'string' ? { end: planned } : planned
      if (how.end === 'forbidden') throw faultOf('forbidden')
      const ref = `ref_scripted_${places.size + 1}`
      places.set(ref, { file, plan: how })
      return { ref, url: 'https://storage.example/put', ticket: null, headers: {} }
    },
    put({ ref }, bytes, { signal, onProgress }) {
      const place = places.get(ref)
      if (place === undefined) return Promise.reject(faultOf('expired'))
      return new Promise((resolve, reject) => {
        const put: ScriptedPut = {
          file: place.file,
          signal,
          send: (share) => onProgress(Math.round(bytes.size * share)),
          end: (how) => (how === 'stored' ? resolve() : reject(faultOf(how))),
        }
        puts.push(put)
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
        void play(put, place.plan, bytes.size, schedule)
      })
    },
    view(ref) {
      viewed.push(ref)
      const url = view(ref)
      return url === null ? Promise.reject(faultOf('forbidden')) : Promise.resolve(url)
    },
  }

  return {
    transport,
    puts,
    viewed,
    put(name) {
      const put = puts.findLast(({ file }) => file.name === name)
      if (put === undefined) throw new Error('No file of this name was put.')
      return put
    },
  }
}

async function play(
  put: ScriptedPut,
  { end = 'stored', upTo = end === 'held' ? 0 : 1, bytesPerSecond = Infinity }: UploadPlan,
  size: number,
  schedule: Schedule,
): Promise<void> {
  const step = (bytesPerSecond * tick) / 1000 / size
  for (let share = step; share < upTo && !put.signal.aborted; share += step) {
    put.send(share)
    await sleep(tick, put.signal, schedule)
  }
  if (put.signal.aborted) return
  put.send(upTo)
  if (end !== 'held') put.end(end)
}

function faultOf(end: Exclude<UploadEnd, 'held' | 'stored'>): Error {
  if (end === 'lost') return new FluoFault({ code: 'network' })
  if (end === 'forbidden') return new FluoFault({ code: 'forbidden', status: 403 })
  return new PutFault(end === 'expired' ? 403 : 400, end === 'expired')
}
