import type { OwnedRun } from './owned-run.ts'

/** The runs that this process has begun and that are not over. */
export interface OpenRuns {
  add(key: string, userId: string, run: OwnedRun): void
  get(key: string): OwnedRun | undefined
  countOf(userId: string): number
  count(): number
  all(): readonly OwnedRun[]
}

/** No run yet. A run goes by itself when it ends. */
export function createOpenRuns(): OpenRuns {
  const runs = new Map<string, OwnedRun>()
  const counts = new Map<string, number>()
  const change = (userId: string, by: number): void => {
    const next = (counts.get(userId) ?? 0) + by
    if (next === 0) counts.delete(userId)
    else counts.set(userId, next)
  }
  return {
    add(key, userId, run) {
      runs.set(key, run)
      change(userId, 1)
      void run.ended.then(() => {
        if (runs.get(key) === run) runs.delete(key)
        change(userId, -1)
      })
    },
    get: (key) => runs.get(key),
    countOf: (userId) => counts.get(userId) ?? 0,
    count: () => runs.size,
    all: () => [...runs.values()],
  }
}
