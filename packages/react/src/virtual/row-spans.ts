/** Rows from one index to another, both included. */
export type Span = readonly [from: number, to: number]

/** A row that is rendered, and how many pixels of rows that are not stand before it. */
export interface RowPlace {
  readonly index: number
  readonly gap: number
}

/** The rows of all spans in order, each once. What reaches over the ends of the list is cut off. */
export function placesOf(
  spans: readonly Span[],
  count: number,
  gapBetween: (from: number, to: number) => number,
): readonly RowPlace[] {
  const places: RowPlace[] = []
  let next = 0
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    for (let index = Math.max(from, next); index <= Math.min(to, count - 1); index += 1) {
      places.push({ index, gap: index === next ? 0 : gapBetween(next, index - 1) })
      next = index + 1
    }
  }
  return places
}

/** Whether two lists of places show the same. Sums of the same heights differ by less than a pixel's fraction. */
export function isSamePlaces(some: readonly RowPlace[], others: readonly RowPlace[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ index, gap }, at) => {
      const other = others[at]
      return other?.index === index && Math.abs(other.gap - gap) < 0.01
    })
  )
}
