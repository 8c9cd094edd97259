import { runCanaryCases } from './canary-cases.ts'
import { none, type Figure } from './figure.ts'
import { randomFrom } from './random.ts'
import { measureLeaving } from './relay-load/measure-leaving.ts'
import { measureLoad, type LoadFigures } from './relay-load/measure-load.ts'
import { full } from './sizes.ts'
import { tamperHandles } from './tampered-handles.ts'

/** What keeps V8 from taking the machine's memory for garbage; docs/deploy.md names it to whoever runs a relay. */
const nodeFlags = ['--max-old-space-size=192', '--max-semi-space-size=4']
const megabyte = 1_000_000

/** How late a relay is with few streams (G8). */
export async function relayDelay(): Promise<readonly Figure[]> {
  const few = await measureLoad({ streams: 200, seconds: 30, runSeconds: 15, nodeFlags })
  return [
    {
      name: 'G8 from Fluo to the reader through the relay, 200 streams',
      measured: `p50 ${few.median.toFixed(1)} ms, p99 ${few.p99.toFixed(1)} ms`,
      limit: 'p99 under 10 ms',
      isRight: few.p99 < 10 && few.problems.length === 0,
      problems: few.problems,
    },
  ]
}

/** Streams for minutes (G6). */
export async function relayLoad(): Promise<readonly Figure[]> {
  const many = await measureLoad({ ...full.load, nodeFlags })
  const { streams, seconds } = full.load
  const name = `G6 ${streams} streams for ${seconds} s`
  const perMinute = many.rssPerMinute / megabyte
  return [
    none(name, `${many.runs} runs, ${leftOf(many)}`, many.problems),
    {
      name: `${name}: memory`,
      measured: `${Math.round(many.rss / megabyte)} MB, ${perMinute.toFixed(1)} MB a minute`,
      limit: 'under 300 MB, under 1 MB a minute',
      isRight: many.rss < 300 * megabyte && perMinute < 1,
    },
  ]
}

function leftOf({ left, median, p99 }: LoadFigures): string {
  return `${left} left open, p50 ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`
}

/** How soon Fluo is left after a browser has left (G7). */
export async function relayLeaving(): Promise<readonly Figure[]> {
  const { left, closed, median, p99 } = await measureLeaving(full.leaving)
  return [
    {
      name: 'G7 browsers that leave, Fluo left',
      measured: `${closed} of ${left}, p50 ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      limit: 'all, p99 within 100 ms',
      isRight: closed === left && p99 <= 100,
    },
  ]
}

/** What leaves a relay when everything goes wrong (G9), and handles that somebody changed (G10). */
export async function relaySecrets(seed: number): Promise<readonly Figure[]> {
  const { cases, faults, bytes, hits } = await runCanaryCases(null)
  const { handles, accepted, longest } = await tamperHandles(full.handles, randomFrom(seed))
  return [
    none('G9 canaries', `${cases} cases of ${faults} faults, ${bytes} bytes`, hits),
    none('G10 tampered handles', `${handles} handles, ${longest} characters at most`, accepted),
  ]
}
