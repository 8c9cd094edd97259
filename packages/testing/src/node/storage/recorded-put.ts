/** A PUT that the storage received, and what became of it. */
export interface RecordedPut {
  /** The path without its query. */
  readonly path: string
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** How many bytes of its body were read so far. */
  readonly bytes: number
  /** The status answered, or null while there is none. */
  readonly status: number | null
  /** Resolves when the PUT is over, to its status; null where its connection ended without an answer. */
  readonly ended: Promise<number | null>
}
