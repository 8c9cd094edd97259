/** The time in milliseconds, with fractions, the same in all processes of this machine. */
export function timestamp(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000) / 1000
}
