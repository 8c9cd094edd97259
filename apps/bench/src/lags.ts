import { percentile } from './statistics.ts'

/** What the page shows after a frame: `at` in the server's milliseconds, `shown` in UTF-16 units. */
export interface FrameSeen {
  readonly at: number
  readonly shown: number
}

/**
 * How long deltas took from the server's write to the frame that shows their last character, in milliseconds. `sentAt` has
 * the time of each delta's write.
 */
export function lagsOf(
  deltas: readonly string[],
  sentAt: ArrayLike<number>,
  frames: readonly FrameSeen[],
): { readonly p50: number; readonly p95: number } {
  const lags: number[] = []
  let end = 0
  let frame = 0
  for (const [index, delta] of deltas.entries()) {
    end += delta.length
    while (frame < frames.length && (frames[frame]?.shown ?? 0) < end) frame += 1
    const seen = frames[frame]
    if (seen === undefined) break
    lags.push(seen.at - (sentAt[index] ?? NaN))
  }
  return { p50: percentile(lags, 0.5), p95: percentile(lags, 0.95) }
}
