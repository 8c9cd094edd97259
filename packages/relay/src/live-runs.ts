/** Whose run it is; the same run ID of another user is another run. */
interface RunOwner {
  readonly userId: string
  readonly agentId: string
  readonly runId: string
}

/** The runs that are open in this process. */
export interface LiveRuns {
  /** Takes a run; null when it is open already. The function that comes back gives it free. */
  acquire(owner: RunOwner, stop: () => void): (() => void) | null
  /** Stops a run, if there is one. */
  stop(owner: RunOwner): void
}

export function createLiveRuns(): LiveRuns {
  const stops = new Map<string, () => void>()
  return {
    acquire(owner, stop) {
      const key = keyOf(owner)
      if (stops.has(key)) return null
      stops.set(key, stop)
      return () => {
        if (stops.get(key) === stop) stops.delete(key)
      }
    },
    stop(owner) {
      stops.get(keyOf(owner))?.()
    },
  }
}

function keyOf({ userId, agentId, runId }: RunOwner): string {
  return JSON.stringify([userId, agentId, runId])
}
