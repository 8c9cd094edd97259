/** How long a URL is believed to be good that says nothing of it, in milliseconds. */
const usual = 5 * 60_000
/** No more is believed, whatever it says. */
const longest = 7 * 24 * 3_600_000

/**
 * How long a signed URL that has just come is good, in milliseconds, by the parameters in which storages write it: a number of
 * seconds from its making, or a moment. Fluo's own are not documented.
 */
export function urlLifetime(url: string, now: number): number {
  const query = new URLSearchParams(url.split('#', 1)[0]?.split('?').slice(1).join('?') ?? '')
  const names = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]))
  const seconds = names.get('x-amz-expires') ?? names.get('x-goog-expires')
  const epoch = names.get('expires')
  const moment = names.get('se')
  const lifetime =
    seconds !== undefined
      ? Number(seconds) * 1000
      : epoch !== undefined
        ? Number(epoch) * 1000 - now
        : moment !== undefined
          ? Date.parse(moment) - now
          : usual
  if (!Number.isFinite(lifetime)) return usual
  return Math.min(Math.max(lifetime, 0), longest)
}
