/** A call that the stand-in received, and what became of it. Times are milliseconds since the epoch. */
export interface RecordedRequest {
  readonly method: string
  /** The path without its query. */
  readonly path: string
  /** The query's parameters. */
  readonly query: Readonly<Record<string, string>>
  /** `?thread_id=` as it came, or null without one. */
  readonly threadId: string | null
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The parsed JSON body; undefined when there was none or it was not JSON. */
  readonly body: unknown
  readonly receivedAt: number
  /** The status answered, or null while there is none. */
  readonly status: number | null
  /** When the answer was over, or null while it is open. */
  readonly closedAt: number | null
  /** Who ended it: a client that leaves early closes its connection. */
  readonly closedBy: 'client' | 'server' | null
  /** Resolves to `closedAt`. */
  readonly closed: Promise<number>
}
