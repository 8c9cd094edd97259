import { setTimeout as wait } from 'node:timers/promises'
import { startLoadRig } from './load-rig.ts'
import { readRun } from './read-run.ts'

/** What a relay took to carry so many streams for so long (G6), and how late it was (G8). */
export interface LoadFigures {
  readonly runs: number
  readonly problems: readonly string[]
  /** The most memory the relay's process had, in bytes, and how much more it had each minute after the warm-up. */
  readonly rss: number
  readonly rssPerMinute: number
  /** How long events took from Fluo through the relay to their reader, in milliseconds: more than the relay added. */
  readonly median: number
  readonly p99: number
  /** Answers that were open at Fluo once all readers were gone. */
  readonly left: number
}

export interface Load {
  readonly streams: number
  readonly seconds: number
  readonly runSeconds: number
  readonly nodeFlags?: readonly string[]
}

/** Keeps `streams` runs open at once for `seconds`, five events a second each; a run that ends is followed by another. */
export async function measureLoad({ streams, seconds, ...options }: Load): Promise<LoadFigures> {
  const rig = await startLoadRig({ eventsPerSecond: 5, graceMs: 0, ...options })
  const { relay, upstream, agent } = rig
  const problems: string[] = []
  const delays: number[] = []
  const memory: { readonly at: number; readonly rss: number }[] = []
  let runs = 0
  let isOver = false

  async function look(): Promise<void> {
    const { rss, troubles } = (await relay.ask()) as { rss: number; troubles: string[] }
    memory.push({ at: performance.now(), rss })
    if (!isOver) problems.push(...troubles)
  }

  async function readOn(user: string): Promise<void> {
    while (!isOver) {
      const runId = `run-${(runs += 1)}`
      const call = { url: relay.url, agent, user, runId }
      const read = await readRun(call).catch((thrown: unknown) => String(thrown))
      if (isOver) return
      if (typeof read === 'string') problems.push(read)
      else if (!read.isWhole) problems.push('A run was not whole.')
      else delays.push(...read.delays.filter((_, index) => index % 10 === 5))
    }
  }

  const reading: Promise<void>[] = []
  for (let index = 0; index < streams; index += 1) {
    reading.push(readOn(`user-${index}`))
    if (index % 25 === 24) await wait(50) // nobody's users all come in one second
  }
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    await wait(Math.min(2000, Math.max(1, end - performance.now())))
    await look()
  }
  isOver = true
  agent.destroy() // everybody leaves
  await Promise.all(reading)
  await wait(1000)
  const { open } = (await upstream.ask()) as { open: number }
  await rig.end()

  delays.sort((a, b) => a - b)
  const part = (of: number): number => delays[Math.floor(delays.length * of)] ?? Number.NaN
  return {
    runs,
    problems,
    rss: Math.max(...memory.map(({ rss }) => rss)),
    rssPerMinute: slope(memory.slice(Math.floor(memory.length / 2))) * 60_000,
    median: part(0.5),
    p99: part(0.99),
    left: open,
  }
}

/** The growth a millisecond of the line that fits best. */
function slope(points: readonly { readonly at: number; readonly rss: number }[]): number {
  const count = points.length
  const at = points.reduce((sum, point) => sum + point.at, 0) / count
  const rss = points.reduce((sum, point) => sum + point.rss, 0) / count
  const over = points.reduce((sum, point) => sum + (point.at - at) * (point.rss - rss), 0)
  const under = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0)
  return under === 0 ? 0 : over / under
}
