import type { ServedRun } from './served-run.ts'

/** How one protocol says an answer over server-sent events: what goes before the deltas, each delta, and what ends it. */
export interface Protocol {
  readonly headers: Readonly<Record<string, string>>
  before(run: ServedRun): string
  delta(text: string): string
  after(run: ServedRun): string
}

/** The lines of one event whose data is JSON. */
export function dataLine(payload: object): string {
  return `data: ${JSON.stringify(payload)}\n\n`
}
