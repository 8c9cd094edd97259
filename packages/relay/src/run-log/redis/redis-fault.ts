/** The codes of Redis' own that pass by themselves: it starts, changes its primary, or is busy. */
const passing = new Set(['LOADING', 'READONLY', 'MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN', 'BUSY'])

/** A call to Redis that failed. Says what to look at, and nothing that was sent: no text, no key, no address, no password. */
export class RedisFault extends Error {
  /** Redis' own code; null where Redis said nothing. */
  readonly code: string | null
  /** Whether asking again may help. */
  readonly isPassing: boolean

  constructor(message: string, code: string | null, isPassing: boolean) {
    super(message)
    this.name = 'RedisFault'
    this.code = code
    this.isPassing = isPassing
  }

  /** Sorts what a client throws; Redis' own errors begin with their code. */
  static of(thrown: unknown): RedisFault {
    const message = thrown instanceof Error ? thrown.message : ''
    const code = /^[A-Z]{2,}(?= )/.exec(message)?.[0]
    if (code !== undefined) {
      const sentence = `Redis refused what the run log asked for: ${code}.`
      return new RedisFault(sentence, code, passing.has(code))
    }
    if (message === 'The client is closed') {
      const sentence = "The run log's Redis client is not connected: await its connect() first."
      return new RedisFault(sentence, null, false)
    }
    return new RedisFault('Redis did not answer the run log in time.', null, true)
  }
}
