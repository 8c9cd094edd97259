/** An event of a Chromium trace; times are microseconds, `tdur` in the thread's own time. */
export interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** The main thread's time by the name of the innermost event, the largest first. */
export function sumEvents(events: readonly TraceEvent[]): readonly string[] {
  const main = busiestMainThread(events)
  const own = events
    .filter(({ ph, pid, tid }) => ph === 'X' && `${pid}/${tid}` === main)
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0))
  const sums = new Map<string, { time: number; count: number }>()
  const add = (name: string, time: number, count: number): void => {
    const sum = sums.get(name) ?? { time: 0, count: 0 }
    sums.set(name, { time: sum.time + time, count: sum.count + count })
  }
  const open: TraceEvent[] = []
  for (const event of own) {
    while (open.length > 0 && endOf(open.at(-1)) <= event.ts) open.pop()
    const parent = open.at(-1)
    if (parent !== undefined) add(parent.name, -timeOf(event), 0)
    add(event.name, timeOf(event), 1)
    open.push(event)
  }
  return [...sums]
    .sort(([, one], [, other]) => other.time - one.time)
    .map(
      ([name, { time, count }]) => `${(time / 1_000).toFixed(1).padStart(8)}  ${name} (${count})`,
    )
}

function endOf(event: TraceEvent | undefined): number {
  return (event?.ts ?? 0) + (event?.dur ?? 0)
}

function timeOf({ dur = 0, tdur = dur }: TraceEvent): number {
  return tdur
}

/** Other renderers have a main thread as well; that of the page did the most. */
function busiestMainThread(events: readonly TraceEvent[]): string {
  const counts = new Map<string, number>()
  for (const { name, pid, tid, args } of events) {
    if (name === 'thread_name' && args?.name === 'CrRendererMain') counts.set(`${pid}/${tid}`, 0)
  }
  for (const { pid, tid } of events) {
    const thread = `${pid}/${tid}`
    const count = counts.get(thread)
    if (count !== undefined) counts.set(thread, count + 1)
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}
