import type { FluoError } from '@fluokit/core'
import type { TextKeeper } from './text-keeper.ts'

/** What of an error may be shown: its code and status, and what was said of it. */
export function keptError({ code, status, detail, type }: FluoError, keep: TextKeeper): FluoError {
  return {
    code,
    ...(status !== undefined && { status }),
    ...(detail !== undefined && { detail: keep.text(detail) }),
    ...(type !== undefined && { type: keep.text(type) }),
  }
}
