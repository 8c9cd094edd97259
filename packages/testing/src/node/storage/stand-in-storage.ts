import type { RecordedPut } from './recorded-put.ts'

/** How the stand-in's storage behaves; each of these can be changed while it runs. */
export interface StorageSettings {
  /** How long a signed URL takes bytes, in milliseconds, as URLs say it: in whole seconds. @default 600000 (10 min) */
  readonly uploadUrlMs: number
  /** How long a view URL shows a file, in milliseconds, in whole seconds. @default 300000 (5 min) */
  readonly viewUrlMs: number
  /** The largest file it takes, in bytes; a larger one is 413. @default 104857600 (100 MiB) */
  readonly largestFile: number
  /** Whether pages of other origins may use it. Where not, a preflight is 403 and no answer has a CORS header. @default true */
  readonly cors: boolean
  /** A header without which, and without just this value, a PUT is 400; null for none. @default null */
  readonly demandedHeader: { readonly name: string; readonly value: string } | null
  /**
   * How many bytes of each PUT it takes in a second. The machine itself takes the first megabytes at once, and a browser counts them
   * as sent: progress of small files is seen where the browser is slowed down instead. @default Infinity
   */
  readonly bytesPerSecond: number
}

/** What `startStandIn({ storage })` takes. */
export interface StorageOptions extends Partial<StorageSettings> {
  /** 0 takes a free one. @default 0 */
  readonly port?: number
}

/** A file in the storage. */
export interface StoredFile {
  readonly blobPath: string
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** The calls on the way of a file: for a signed URL, to it, and for a view URL. */
export type StorageCall = 'request' | 'put' | 'view'

/** Where the stand-in's files go: an origin of its own, that wants no credentials. */
export interface StandInStorage {
  /** Its origin, without a slash at the end. */
  readonly url: string
  /** The PUTs it received, also those it refused, the oldest first; all but the last thousand are forgotten. */
  readonly puts: readonly RecordedPut[]
  /** What is in it, the oldest first. */
  readonly files: readonly StoredFile[]
  /** Resolves to the next PUT that arrives, before its bytes are read. */
  nextPut(): Promise<RecordedPut>
  /** Changes how it behaves from now on; a URL that was issued keeps its time. */
  set(settings: Partial<StorageSettings>): void
  /** Answers the next calls with a status, instead of what they ask for. */
  failNext(call: StorageCall, options?: { readonly status?: number; readonly times?: number }): void
  /** Breaks the connection of the next PUT when half of its bytes have come. */
  dropNextPut(): void
  /** From now on, every URL that was issued so far has expired. */
  expireUrls(): void
}
