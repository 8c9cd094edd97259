import type { StoreApi } from 'zustand/vanilla'
import type { ThreadUploads } from '../uploads/uploads.ts'
import type { DraftKeeper } from './keep-draft.ts'
import { keepAllStopped } from './keep-stopped.ts'
import { moveConversation } from './move-conversation.ts'
import { newId } from './new-id.ts'
import type { OwnedThread, ThreadSetup } from './owned-thread.ts'
import type { ThreadRestorer } from './restore-thread.ts'
import type { RunAttempts } from './run-attempts.ts'
import { hasBegun, type ThreadRecord } from './thread-record.ts'
import { emptyThread, type ThreadState } from './thread-state.ts'
import type { TurnQueue } from './turn-queue.ts'
import { longestAnswer, within } from './within.ts'

export interface ChangeConversationSetup extends ThreadSetup {
  readonly store: StoreApi<ThreadState>
  readonly attempts: RunAttempts
  readonly queue: TurnQueue
  readonly draft: DraftKeeper
  readonly filesInDraft: ThreadUploads | null
  readonly restorer: ThreadRestorer
  readonly leave: () => void
  readonly stop: () => void
  readonly isDisposed: () => boolean
}

/** What can be done with a thread's conversation as a whole. */
export interface ConversationChanges extends Pick<OwnedThread, 'reset' | 'rename' | 'remove'> {
  /** What ends meanwhile is not to be stored. */
  readonly isRemoving: boolean
}

/** Moves the conversation of a thread elsewhere, renames it, or forgets it; the thread stays, and is empty. */
export function changeConversation(setup: ChangeConversationSetup): ConversationChanges {
  const { store, record, transcript, tabs, attempts, queue, draft, restorer, leave } = setup
  let isRemoving = false

  function leaveForGood(reason: 'canceled' | 'removed'): void {
    attempts.drop()
    leave()
    queue.cancelAll(reason)
  }

  function reset(): void {
    void restorer.restore() // what was being written stays
    attempts.flush() // the conversation that is left looks like all that was read of it
    leaveForGood('canceled')
    archive()
    record.update({
      id: newId(),
      threadRef: null,
      open: null,
      title: null,
      name: null,
      askedAt: null,
    })
    restorer.follow()
    draft.restored()
    store.setState({ ...emptyThread })
    tabs.tellChanged()
  }

  /** Another tab may have begun another conversation here: then that one is moved, and this one was. */
  function archive(): void {
    const { turns } = store.getState()
    if (!record.isRead) keepAllStopped(setup, turns)
    if (tabs.isShared) void record.refresh()
    moveConversation(setup, record.current, restorer.isCurrent() ? turns : [])
  }

  /** The record is as it is stored, unless its storage does not answer. */
  async function recordRead(): Promise<void> {
    const reading = restorer.restore()
    if (reading !== null) await within(longestAnswer, reading)
  }

  /** First another record, so that nothing of what ends here is noted in one that was forgotten. */
  async function remove(isTold: boolean): Promise<ThreadRecord> {
    await recordRead()
    const removed = record.current
    const isStoppedHere = attempts.isLive()
    isRemoving = true
    record.renew(isTold)
    restorer.follow()
    setup.stop()
    leaveForGood('removed')
    const { filesInDraft: files } = setup
    for (const { id } of files?.store.getState() ?? []) files?.remove(id)
    draft.empty()
    draft.restored()
    isRemoving = false
    setup.observer.onForget()
    transcript?.remove(removed.id)
    void restorer.restore()?.then(removeLate)
    if (!setup.isDisposed()) store.setState({ ...emptyThread })
    void restorer.refresh(isTold) // another tab may have begun another one here
    return isStoppedHere ? { ...removed, open: null } : removed
  }

  function removeLate(): void {
    if (record.removedLate !== null) transcript?.remove(record.removedLate)
  }

  return {
    get isRemoving() {
      return isRemoving
    },
    reset,
    async rename(name) {
      await recordRead()
      const { id } = record.current
      if (!hasBegun(record.current)) return
      record.update({ name }, (newest) => newest.id === id) // not one that another tab has begun here since
      tabs.tellChanged()
    },
    remove,
  }
}
