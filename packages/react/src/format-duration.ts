/**
 * A duration in short: tenths of a second below ten seconds unless it is still going on, then seconds, then minutes and
 * seconds.
 */
export function formatDuration(milliseconds: number, isRunning = false): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (!isRunning && seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
