import type { Metrics } from './metrics.ts'
import type { ProbeResult } from './probe.ts'
import { failedSample, type Place, type Sample } from './sample.ts'

/** What is the same in every scenario: the counters before and after, and what the probe saw in between. */
export function sampleOf(place: Place, { before, after, heap, result }: Measured): Sample {
  const times = result.frames.map(([time]) => time)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const counts = result.frames.map((frame) => frame[3])
  const commits = counts.map((count, index) => count - (counts[index - 1] ?? 0))
  return {
    ...failedSample(place, ''),
    failure: null,
    task: after.task - before.task,
    script: after.script - before.script,
    layout: after.layout - before.layout,
    wall: (result.frames.at(-1)?.[1] ?? NaN) - result.begunAt,
    longestTask: Math.max(0, ...result.longTasks),
    frames: times.length,
    longFrames: gaps.filter((gap) => gap > 25).length,
    worstGap: Math.max(0, ...gaps),
    commits: result.commits,
    commitsAFrame: Math.max(0, ...commits),
    crowdedFrames: commits.filter((count) => count > 1).length,
    rowRenders: result.rowRenders,
    settledRenders: result.settledRenders,
    heap: heap.after - heap.before,
  }
}

interface Measured {
  readonly before: Metrics
  readonly after: Metrics
  readonly heap: { readonly before: number; readonly after: number }
  readonly result: ProbeResult
}
