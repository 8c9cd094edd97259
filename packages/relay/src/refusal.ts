import type { FluoErrorCode } from '@fluokit/core/wire'

export interface RefusalFacts {
  /** For the log only, never for the browser. */
  readonly detail?: string
  readonly retryAt?: number
  readonly upstreamStatus?: number
  readonly upstreamRequestId?: string
}

/** A request that is answered with `{error}` and no run: `status` and `code` for the browser, the rest for the log. */
export class Refusal extends Error {
  readonly status: number
  readonly code: FluoErrorCode
  readonly facts: RefusalFacts

  constructor(status: number, code: FluoErrorCode, facts: RefusalFacts = {}) {
    super(`${code} (HTTP ${status})`)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.facts = facts
  }
}
