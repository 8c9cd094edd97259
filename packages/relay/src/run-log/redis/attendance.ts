/** How many read a run here, told to others; one thing at a time, so that the newest is what stays. */
export interface Attendance {
  /** The number has changed. Resolves when it, or a later one, was told. */
  readonly change: (readers: number) => Promise<void>
  /** Says it again, before what was told runs out. Never rejects. */
  repeat(): void
}

/** Nobody yet, and nothing told. */
export function createAttendance(
  tell: (readers: number, isNews: boolean) => Promise<void>,
): Attendance {
  let count = 0
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | null = null

  function change(readers: number): Promise<void> {
    count = readers
    if (next !== null) return next
    const telling = last.then(() => {
      next = null
      return tell(count, true)
    })
    next = telling
    last = telling.catch(ignore)
    return telling
  }

  return {
    change,
    repeat() {
      if (next === null && count > 0) last = last.then(() => tell(count, false)).catch(ignore)
    },
  }
}

function ignore(): void {
  // Redis forgets by itself who says no more.
}
