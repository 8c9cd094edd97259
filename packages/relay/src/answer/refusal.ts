import type { FluoErrorCode } from '@fluokit/core/wire'

export interface RefusalFacts {
  /** For the log only, never for the browser. */
  readonly detail?: string
  readonly retryAt?: number
  /** The methods that would do, of a 405. */
  readonly allow?: string
  readonly upstreamStatus?: number
  readonly upstreamRequestId?: string
}

/**
 * The status of a refusal for what Fluo did wrong: a key, project or agent it does not take, a 5xx, a redirect, an answer
 * that is no stream or empty, no answer. It comes out as HTTP 200 and a stream of one `error` event, never as a 5xx:
 * proxies and CDNs put pages of their own in place of such bodies, and browsers write every 5xx into the console of a
 * page that says it in a sentence already. The relay's own refusals, and Fluo's that the asker can act on, keep their
 * HTTP status and a body of JSON.
 */
export const inStream = 200

/**
 * The status of the same where the answer is no stream: an upload, and a URL to see one. A 4xx, because nobody on the way puts a
 * page of its own in place of one; and no 409 or 422, which would say that the browser could mend it.
 */
export const inJson = 424

/** A request that is answered with an error and no run: `status` and `code` for the browser, the rest for the log. */
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

/** What was thrown, for an answer that is no stream. */
export function withoutStream(thrown: unknown): unknown {
  const isFluos = thrown instanceof Refusal && thrown.status === inStream
  return isFluos ? new Refusal(inJson, thrown.code, thrown.facts) : thrown
}
