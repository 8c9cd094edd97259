/** Why something of ours is about to happen, and the way to keep it from happening. */
export interface ChangeDetails<Reason extends string> {
  readonly reason: Reason
  /** The event of the page that caused it, or null where a call did. */
  readonly event: Event | null
  /** Keeps it from happening. */
  readonly cancel: () => void
  readonly isCanceled: boolean
}

/** The details of one change, to be read by who makes it once the app has seen them. */
export function changeDetails<Reason extends string>(
  reason: Reason,
  event: Event | null = null,
): ChangeDetails<Reason> {
  let isCanceled = false
  return {
    reason,
    event,
    cancel() {
      isCanceled = true
    },
    get isCanceled() {
      return isCanceled
    },
  }
}
