/** What went wrong, as one word a program can switch on; the sentence for people is chosen from `labels`. */
export type FluoErrorCode =
  | 'network'
  | 'not-a-stream'
  | 'empty'
  | 'too-large'
  | 'rate-limited'
  | 'unauthorized'
  | 'forbidden'
  | 'thread-gone'
  | 'thread-conflict'
  | 'file-gone'
  | 'invalid'
  | 'upstream'
  | 'stalled'
  | 'limit'

/**
 * The facts of a failure, as plain data that can be cloned and stored.
 * `status` is the HTTP status, `detail` and `type` are what the server said (never shown by the kit, absent
 * behind the relay), `retryAt` is milliseconds since the epoch, `requestId` names the call in the server's log.
 */
export interface FluoError {
  readonly code: FluoErrorCode
  readonly status?: number
  readonly detail?: string
  readonly type?: string
  readonly retryAt?: number
  readonly requestId?: string
}

/**
 * What transports and readers throw: an `Error` that carries a {@link FluoError}.
 * Its message names the code and status, or is a sentence for the developer: logging it reveals nothing a person wrote.
 */
export class FluoFault extends Error {
  readonly error: FluoError

  constructor(error: FluoError, message?: string) {
    const { code, status } = error
    super(message ?? `Fluo: ${code}${status === undefined ? '' : ` (HTTP ${status})`}`)
    this.name = 'FluoFault'
    this.error = error
  }
}

/** The facts behind anything thrown on the way to an answer; what is not a {@link FluoFault} counts as the network's. */
export function errorOf(thrown: unknown): FluoError {
  return thrown instanceof FluoFault ? thrown.error : { code: 'network' }
}
