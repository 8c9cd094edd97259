import { isPayload } from './payload.ts'

/**
 * How a run ended. `done`: a clean end after a final message, nothing left open. `stopped`: by the person.
 * `interrupted`: cut off, what came is kept. `failed`: it never answered, or said that it failed.
 * `unknown`: it was sent and nobody knows whether it ran.
 */
export type RunEnd = 'done' | 'stopped' | 'interrupted' | 'failed' | 'unknown'

/** A stream of the relay's that has this header, with any value, ends with a mark; without the mark it was cut. */
export const runEndHeader = 'fluokit-run-end'

const ends: Readonly<Record<RunEnd, true>> = {
  done: true,
  stopped: true,
  interrupted: true,
  failed: true,
  unknown: true,
}

/** Whether a value says how a run ended. */
export function isRunEnd(value: unknown): value is RunEnd {
  return typeof value === 'string' && Object.hasOwn(ends, value)
}

/**
 * The relay's last word on a run, as JSON on one line. `done` is a body of Fluo's that ended cleanly: whether the answer
 * is whole depends on what the agent promises.
 */
export function encodeRunEnd(end: RunEnd): string {
  return JSON.stringify({ type: 'run_end', end })
}

/** How a run ended, if that is what the JSON says; null for an event, and for whatever else it is. */
export function parseRunEnd(json: string): RunEnd | null {
  // Nearly every line is an event, and is parsed once: those of messages begin with `{"type":"message_` where our own relay wrote them.
  if (json.startsWith('message_', 9) || !json.includes('run_end')) return null
  try {
    const value: unknown = JSON.parse(json)
    if (!isPayload(value) || value['type'] !== 'run_end') return null
    return isRunEnd(value['end']) ? value['end'] : null
  } catch {
    return null
  }
}
