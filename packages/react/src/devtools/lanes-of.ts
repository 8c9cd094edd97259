import type { RecordedRun, StateRow } from './recorded-run.ts'
import { kindOf } from './kind-of.ts'

/** How wide the picture is, in units of its own. */
export const width = 1000

/** How many states are drawn at most. */
const mostStates = 60

/** A stretch of time in one state. */
export interface StateSpan extends Pick<StateRow, 'status' | 'activity'> {
  readonly from: number
  readonly to: number
}

/** What is drawn of a run: a path for each kind of event, one for its commits, and its states. */
export interface Lanes {
  /** What the whole width stands for, in milliseconds. */
  readonly total: number
  readonly events: Readonly<Record<string, string>>
  readonly commits: string
  readonly states: readonly StateSpan[]
}

/** Places every line of a run on the picture; what falls on the same unit is drawn once, as tall as all of it. */
export function lanesOf({ rows }: RecordedRun): Lanes {
  const total = Math.max(rows.at(-1)?.at ?? 0, 1)
  const at = (time: number): number => Math.round((time / total) * (width - 4)) + 2
  const sizes = new Map<string, Map<number, number>>()
  const commits = new Set<number>()
  const states: StateSpan[] = []
  for (const row of rows) {
    const x = at(row.at)
    if (row.kind === 'event') {
      const kind = kindOf(row)
      const ofKind = sizes.get(kind) ?? new Map<number, number>()
      sizes.set(kind, ofKind)
      ofKind.set(x, (ofKind.get(x) ?? 0) + row.length)
    }
    if (row.kind === 'commit') commits.add(x)
    if (row.kind === 'state' && states.length < mostStates) {
      const last = states.at(-1)
      if (last !== undefined) states[states.length - 1] = { ...last, to: x }
      states.push({ from: x, to: at(total), status: row.status, activity: row.activity })
    }
  }
  return {
    total,
    events: Object.fromEntries([...sizes].map(([kind, ofKind]) => [kind, bars(kind, ofKind)])),
    commits: [...commits].map((x) => `M${x} 44V31`).join(''),
    states: states.filter(({ from, to }) => to > from),
  }
}

/** What has no text is as tall as the lane. */
function bars(kind: string, sizes: ReadonlyMap<number, number>): string {
  const hasText = kind === 'message_delta' || kind === 'thinking_part'
  return [...sizes]
    .map(
      ([x, size]) =>
        `M${x} 22V${hasText ? 18 - Math.min(15, Math.round(Math.log2(size + 1) * 2)) : 3}`,
    )
    .join('')
}
