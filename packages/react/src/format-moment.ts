let formats: readonly [time: Intl.DateTimeFormat, date: Intl.DateTimeFormat] | undefined

/** A moment as the person's own clock and calendar write it: the time, and the date too where it is not today's. */
export function formatMoment(at: number): string {
  // Made once and when first needed: each takes longer than rendering a message.
  formats ??= [
    new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }),
    new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
  ]
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return formats[isToday ? 0 : 1].format(at)
}
