import { Refusal } from '../answer/refusal.ts'
import type { RelayParts } from '../relay-parts.ts'

/** As much is open as may be: in a while something of it will be over. */
export function tooMany(detail: string): Refusal {
  return new Refusal(429, 'rate-limited', { detail, retryAt: Date.now() + 5000 })
}

/** Refuses with 429 where a user, or this process, has as many runs open as may be, and as {@link assertOpen}. */
export function assertRoom(userId: string, parts: RelayParts): void {
  const { runs, limits } = parts
  assertOpen(parts)
  if (runs.countOf(userId) >= limits.runsPerUser) {
    throw tooMany('The user is over limits.runsPerUser.')
  }
  if (runs.count() >= limits.openRuns) throw tooMany('This process is over limits.openRuns.')
}

/** Refuses with 503 once the relay begins no more runs. */
export function assertOpen({ state }: RelayParts): void {
  if (!state.isClosed) return
  throw new Refusal(503, 'upstream', { detail: 'The relay was closed: its process is ending.' })
}
