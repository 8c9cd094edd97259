import type { DraftKeeper } from './keep-draft.ts'
import type { OwnedThread } from './owned-thread.ts'

/** A thread's draft as its client moves it to another thread: after what is remembered has been read. */
export function movableDraft(
  draft: DraftKeeper,
  restore: () => Promise<void> | null,
): Pick<OwnedThread, 'readDraft' | 'dropDraft' | 'addDraft'> {
  return {
    async readDraft() {
      await restore()
      return draft.current()
    },
    dropDraft: draft.drop,
    async addDraft(added) {
      await restore()
      draft.add(added)
      return true
    },
  }
}
