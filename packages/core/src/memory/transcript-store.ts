import type { Turn } from '../thread/thread-state.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'

/** The events of a run of which no turn was written since they came. */
export interface RunJournal {
  readonly runId: string
  readonly events: readonly FluoEvent[]
  /** The cursor of the last event; absent where it is not known. */
  readonly cursor?: string
}

/** What is kept of one conversation: its turns in the order in which they were asked, and what is still a journal. */
export interface Transcript {
  readonly turns: readonly Turn[]
  readonly journals: readonly RunJournal[]
}

/**
 * The port for messages: large, and never waited for. It may reject: a store that fails never stops a send. A client
 * names its records with the scope of its user before the record's ID, which is what `clear` is for.
 */
export interface TranscriptStore {
  load(recordId: string): Promise<Transcript>
  /**
   * Writes a turn whole, in its place where its ID is known: runs that only the kept turn has stay, and messages never
   * give way to none. Drops the journals of those of its runs that have messages.
   */
  put(recordId: string, turn: Turn): Promise<void>
  /**
   * Adds to the journal of a run, in one step with the cursor of the last event, which is the journal's from then on. `after`
   * is the cursor before the first event, null for the run's beginning: where the journal ends at another one, an event is
   * missing or was written by another tab, and nothing of this is kept.
   */
  append(
    recordId: string,
    runId: string,
    events: readonly FluoEvent[],
    cursor?: string,
    after?: string | null,
  ): Promise<void>
  remove(recordId: string): Promise<void>
  /** Removes every record whose ID begins with `prefix`. */
  clear(prefix: string): Promise<void>
}

/** What is known of a conversation that was never kept. */
export const noTranscript: Transcript = Object.freeze({ turns: [], journals: [] })
