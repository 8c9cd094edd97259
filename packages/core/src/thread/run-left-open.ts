import type { Run } from './thread-state.ts'

/** A run that an earlier page left in the middle. */
export interface RunLeftOpen {
  /** As far as it was kept, open. */
  readonly run: Run
  /** The cursor of the last event in it. Null: nobody knows, and the run is read again from its beginning. */
  readonly after: string | null
  /** Whether anything had come of it. */
  readonly hasAnswered: boolean
  /** It was asked for no later than this, in milliseconds since the epoch. */
  readonly askedAt: number
}
