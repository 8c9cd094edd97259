/** How often each user has begun something within the last hour, in this process. */
export interface HourlyCount {
  /** Counts one more, and returns null; or, where the user has begun `most` already, when one more may be begun. */
  take(userId: string): number | null
}

const hour = 60 * 60_000
/** How many beginnings are remembered, whoever's they are: some megabytes. Beyond that, the user who came first is forgotten. */
const mostKept = 100_000

export function createHourlyCount(most: number): HourlyCount {
  /** The times of each user's beginnings, oldest first. */
  const users = new Map<string, readonly number[]>()
  let kept = 0

  function keep(userId: string, times: readonly number[]): void {
    kept += times.length - (users.get(userId)?.length ?? 0)
    users.delete(userId)
    if (times.length > 0) users.set(userId, times)
  }

  /** Users stand in the order of their latest beginning: the first are the first to have none left. */
  function forget(now: number): void {
    for (const [userId, times] of users) {
      if (kept <= mostKept && (times.at(-1) ?? 0) > now - hour) return
      keep(userId, [])
    }
  }

  return {
    take(userId) {
      const now = Date.now()
      forget(now)
      const times = (users.get(userId) ?? []).filter((time) => time > now - hour)
      if (times.length >= most) return (times[0] ?? now) + hour
      keep(userId, [...times, now])
      return null
    },
  }
}
