import type { FluoEvent } from '@fluokit/core/wire'

/**
 * One thing a scripted run does. `event` is written in the payload shape in force, `bytes` as they are. Faults:
 * `reset` breaks the connection, `half-close` ends it without an end of the body, `clean-close` ends the body
 * early, `stall` says nothing more, `lost` breaks it and goes on behind that where the run is resumed. `status` refuses the call when it comes first; later it can only be told in
 * the stream, as an `error` event.
 */
export type Step =
  | { readonly event: FluoEvent }
  | { readonly bytes: string }
  | { readonly waitMs: number }
  | { readonly fault: 'reset' | 'half-close' | 'clean-close' | 'stall' | 'lost' }
  | { readonly status: number; readonly detail?: string; readonly retryAfter?: string }

/** One run from its first byte to its end, under a name. */
export interface Script {
  readonly name: string
  readonly steps: readonly Step[]
}

/** A script of these steps. The body ends cleanly after the last one. */
export function defineScript(name: string, steps: readonly Step[]): Script {
  return { name, steps }
}
