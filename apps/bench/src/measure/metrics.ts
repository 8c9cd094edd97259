import type { CDPSession } from 'playwright'

/** Chromium's own counters of a page. Durations are milliseconds of the main thread's own time: waiting does not count. */
export interface Metrics {
  readonly task: number
  readonly script: number
  /** Layout and style together. */
  readonly layout: number
  /** Bytes of JavaScript heap in use. */
  readonly heap: number
}

/** Begins to count. */
export async function enableMetrics(session: CDPSession): Promise<void> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
}

export async function readMetrics(session: CDPSession): Promise<Metrics> {
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0
  return {
    task: value('TaskDuration') * 1_000,
    script: value('ScriptDuration') * 1_000,
    layout: (value('LayoutDuration') + value('RecalcStyleDuration')) * 1_000,
    heap: value('JSHeapUsedSize'),
  }
}

/** The heap in use once nothing is left to collect. */
export async function readSettledHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  return (await readMetrics(session)).heap
}
