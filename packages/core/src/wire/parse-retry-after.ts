const longest = 24 * 60 * 60 * 1000

/**
 * The moment a `Retry-After` header names, in milliseconds since the epoch, or null when there is none that can
 * be read. Takes seconds or an HTTP date; a moment in the past is now, and nothing waits longer than a day.
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const value = header?.trim() ?? ''
  if (value === '') return null
  if (/^\d+(\.\d+)?$/.test(value)) return now + Math.min(Number(value) * 1000, longest)
  if (!/^[A-Za-z]{3,9}, /.test(value)) return null
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.min(Math.max(date, now), now + longest)
}
