import { setTimeout as wait } from 'node:timers/promises'
import { startLoadRig } from './load-rig.ts'
import { readRun } from './read-run.ts'
import { timestamp } from './timestamp.ts'

/** How soon Fluo's connection was closed after a browser's (G7). */
export interface LeavingFigures {
  readonly left: number
  readonly closed: number
  /** In milliseconds, for readers who left one after the other. */
  readonly median: number
  readonly p99: number
}

/** Readers open runs, fifty at a time, and leave them one by one; without grace, each must end the request to Fluo. */
export async function measureLeaving(count: number): Promise<LeavingFigures> {
  const rig = await startLoadRig({ eventsPerSecond: 5, runSeconds: 600, graceMs: 0 })
  const leftAt = new Map<string, number>()
  const delays: number[] = []
  rig.upstream.process.on('message', (said: { closed?: string; at?: number }) => {
    const from = leftAt.get(said.closed ?? '')
    if (from !== undefined && said.at !== undefined) delays.push(said.at - from)
  })
  for (let start = 0; start < count; start += 50) {
    const runs = Array.from({ length: Math.min(50, count - start) }, (_, index) => start + index)
    const leaves = await Promise.all(
      runs.map(
        (index) =>
          new Promise<() => void>((resolve) => {
            const call = { user: `user-${index}`, runId: `run-${index}`, onFirst: resolve }
            readRun({ url: rig.relay.url, agent: rig.agent, ...call }).catch(() => undefined)
          }),
      ),
    )
    for (const [index, leave] of leaves.entries()) {
      leftAt.set(`run-${start + index}`, timestamp())
      leave()
      await wait(2)
    }
  }
  await wait(500)
  await rig.end()
  delays.sort((a, b) => a - b)
  const part = (of: number): number => delays[Math.floor(delays.length * of)] ?? Number.NaN
  return { left: count, closed: delays.length, median: part(0.5), p99: part(0.99) }
}
