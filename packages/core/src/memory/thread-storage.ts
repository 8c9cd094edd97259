/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>

/**
 * The port for small records. Synchronous where it can be, so that a record is written in the tick that changed it.
 * It may throw or reject: a failing storage never stops a send.
 */
export interface ThreadStorage {
  /** Whether other tabs see the same records. */
  readonly isShared: boolean
  read(key: string): Awaitable<string | null>
  write(key: string, value: string): Awaitable<void>
  remove(key: string): Awaitable<void>
  /** Every key that begins with `prefix`. */
  keys(prefix: string): Awaitable<readonly string[]>
}
