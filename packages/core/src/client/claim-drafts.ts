import type { Thread } from '../thread/thread.ts'
import { moveDraft, type MovableDraft } from './draft-of-record.ts'
import type { FluoClient } from './fluo-client.ts'
import { moveFiles } from './move-files.ts'
import type { ThreadName } from './thread-summary.ts'

/** What a client lets another one take over. */
export interface Claimable {
  /** Every thread that is open or remembered. Never rejects. */
  names(): Promise<readonly (ThreadName & Partial<Pick<Thread, 'uploads'>>)[]>
  draftOf(name: ThreadName): MovableDraft
}

const claimables = new WeakMap<FluoClient, Claimable>()

/** From now on drafts can be taken over from a client, and by it. */
export function letClaim(client: FluoClient, claimable: Claimable): void {
  claimables.set(client, claimable)
}

/** Moves what was being written for one client to another. Never rejects. */
export async function claimDrafts(from: FluoClient, to: FluoClient): Promise<void> {
  const source = claimables.get(from)
  const target = claimables.get(to)
  if (from === to || source === undefined || target === undefined) return
  for (const name of await source.names()) {
    const { agentId, threadKey } = name
    moveFiles(name, () => to.thread({ agentId, threadKey }).uploads)
    await moveDraft(source.draftOf(name), target.draftOf(name))
  }
}
