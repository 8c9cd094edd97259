import type { ThreadStorage } from '../memory/thread-storage.ts'
import { readRecords } from './read-records.ts'

/** Takes the records of one ID out of what is stored, but for the keys of which others take care. Never rejects. */
export async function removeRecords(
  storage: ThreadStorage,
  prefix: string,
  id: string,
  isSpared: (key: string) => boolean,
): Promise<void> {
  const records = await readRecords(storage, prefix)
  const keys = [...records.keys()].filter((key) => records.get(key)?.id === id && !isSpared(key))
  await Promise.allSettled(keys.map(async (key) => storage.remove(key)))
}
