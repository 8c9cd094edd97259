import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { TranscriptStore } from '../memory/transcript-store.ts'
import { longestAnswer, within } from '../thread/within.ts'

/**
 * Takes all of a user out of what is stored. Never rejects, and waits for neither store for ever: one that cannot be read
 * holds nothing that could be read by the next user either.
 */
export async function forgetStored(
  storage: ThreadStorage,
  transcripts: TranscriptStore | undefined,
  prefix: string,
): Promise<void> {
  await within(longestAnswer, removeAll(storage, prefix))
  if (transcripts !== undefined) await within(longestAnswer, clearAll(transcripts, prefix))
}

async function removeAll(storage: ThreadStorage, prefix: string): Promise<void> {
  const keys = await storage.keys(prefix)
  await Promise.allSettled(keys.map(async (key) => storage.remove(key)))
}

async function clearAll(transcripts: TranscriptStore, prefix: string): Promise<void> {
  await transcripts.clear(prefix)
}
