let time: Intl.DateTimeFormat | undefined
let dateAndTime: Intl.DateTimeFormat | undefined

/** A moment as the person's own clock and calendar write it: the time, and the date too where it is not today's. */
export function formatMoment(at: number): string {
  // Each made once and when first needed: that takes longer than rendering a message.
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  if (isToday)
    return (time ??= new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })).format(at)
  dateAndTime ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  return dateAndTime.format(at)
}
