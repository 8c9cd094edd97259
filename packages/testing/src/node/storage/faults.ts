import type { StorageCall } from './stand-in-storage.ts'

/** What goes wrong with the next calls. */
export interface Faults {
  failNext(call: StorageCall, options: { readonly status: number; readonly times: number }): void
  dropNextPut(): void
  /** The status that this call fails with; null for none. */
  take(call: StorageCall): number | null
  /** Whether this PUT is dropped. */
  takeDrop(): boolean
}

/** Nothing goes wrong yet. */
export function createFaults(): Faults {
  const waiting = new Map<StorageCall, readonly number[]>()
  let isDropped = false
  return {
    failNext: (call, { status, times }) =>
      void waiting.set(call, Array<number>(times).fill(status)),
    dropNextPut: () => void (isDropped = true),
    take(call) {
      const [status = null, ...rest] = waiting.get(call) ?? []
      waiting.set(call, rest)
      return status
    },
    takeDrop() {
      const isNow = isDropped
      isDropped = false
      return isNow
    },
  }
}
