import { joinInputs } from '../thread/join-inputs.ts'
import type { RecordKeeper } from '../thread/thread-ports.ts'
import type { TurnInput } from '../wire/run-request.ts'

/** A draft that can be taken from one thread and added to another. */
export interface MovableDraft {
  /** The draft, which is then empty here; null where there is none. */
  takeDraft(): Promise<TurnInput | null>
  /** Puts a draft below the one that is there. */
  addDraft(draft: TurnInput): Promise<void>
}

/** The draft of a thread that is not open on this page: in its record alone, so that the thread is still to be opened. */
export function draftOfRecord(record: RecordKeeper): MovableDraft {
  return {
    async takeDraft() {
      await record.restore()
      const { draft } = record.current
      if (draft !== null) record.update({ draft: null })
      return draft
    },
    async addDraft(added) {
      await record.restore()
      record.update({ draft: joinInputs(record.current.draft, added) })
    },
  }
}
