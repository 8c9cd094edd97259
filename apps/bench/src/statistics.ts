/** The middle of some numbers, the mean of the two middle ones of an even count; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length / 2
  if (Number.isInteger(middle)) return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
  return sorted[Math.floor(middle)] ?? NaN
}

/** The smallest value that at least this share of the values does not exceed (nearest rank); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/** What several repeats came to. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** Median, smallest and largest. Values that are no number are left out: not every run has every one. */
export function spreadOf(values: readonly number[]): Spread {
  const present = values.filter((value) => Number.isFinite(value))
  return { median: median(present), min: Math.min(...present), max: Math.max(...present) }
}

/**
 * The spread of one peer's value over another's, taken inside each run: what slows a whole run down slows both. Runs in
 * which either is missing (null) do not count.
 */
export function ratioOf(
  ours: readonly (number | null)[],
  theirs: readonly (number | null)[],
): Spread {
  return spreadOf(
    ours.flatMap((value, run) => {
      const other = theirs[run] ?? null
      return value === null || other === null || other === 0 ? [] : [value / other]
    }),
  )
}
