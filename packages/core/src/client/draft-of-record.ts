import { joinInputs } from '../thread/join-inputs.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import type { TurnInput } from '../wire/run-request.ts'

/** A draft that can be added to another thread's, and is then emptied here. */
export interface MovableDraft {
  /** The draft; null where there is none. */
  readDraft(): Promise<TurnInput | null>
  /** Empties the draft, if it is still this one. */
  dropDraft(draft: TurnInput): void
  /** Puts a draft below the one that is there. Resolves with whether it is there now for good. */
  addDraft(draft: TurnInput): Promise<boolean>
}

/**
 * The draft of a thread that is not open on this page: in its record alone, so that the thread is still to
 * be opened. `onUnwritten` hears of a draft that the storage did not take.
 */
export function draftOfRecord(record: RecordKeeper, onUnwritten: () => void): MovableDraft {
  return {
    async readDraft() {
      await record.restore()
      return record.current.draft
    },
    dropDraft(draft) {
      if (record.current.draft === draft) record.update({ draft: null })
    },
    async addDraft(added) {
      await record.restore()
      record.update({ draft: joinInputs(record.current.draft, added) })
      const isWritten = await record.isWritten()
      if (!isWritten) onUnwritten()
      return isWritten
    },
  }
}

/** Moves a draft. It is emptied where it was only once it cannot be lost where it is. */
export async function moveDraft(from: MovableDraft, to: MovableDraft): Promise<void> {
  const draft = await from.readDraft()
  if (draft !== null && (await to.addDraft(draft))) from.dropDraft(draft)
}
