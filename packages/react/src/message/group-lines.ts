/** So many lines stand in one element: a frame lays out the last such element only. */
export const groupSize = 32

/** The lines of a text as they stand in their elements. */
export function groupLines<T>(lines: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(lines.length / groupSize) }, (_, group) =>
    lines.slice(group * groupSize, (group + 1) * groupSize),
  )
}
