import type { FluoEvent } from '@fluokit/core'

/** One step of a script of `@fluokit/testing`, which this entry writes and does not import. */
export type ScriptStep =
  | { readonly event: FluoEvent }
  | { readonly bytes: string }
  | { readonly waitMs: number }
  | { readonly fault: 'reset' | 'stall' | 'lost' }
  | { readonly status: number; readonly detail?: string; readonly retryAfter?: string }
