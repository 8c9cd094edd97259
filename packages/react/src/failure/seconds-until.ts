/** Whole seconds from now until a moment in milliseconds since the epoch; 0 once it has come, or where there is none. */
export function secondsUntil(moment: number | null): number {
  return moment === null ? 0 : Math.max(0, Math.ceil((moment - Date.now()) / 1000))
}
