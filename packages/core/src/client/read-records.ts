import type { ThreadStorage } from '../memory/thread-storage.ts'
import { parseThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'

/** Every record under a prefix that can be read; none where the storage throws. */
export async function readRecords(
  storage: ThreadStorage,
  prefix: string,
): Promise<readonly ThreadRecord[]> {
  try {
    const keys = await storage.keys(prefix)
    const texts = await Promise.all(keys.map(async (key) => storage.read(key)))
    return texts.map(parseThreadRecord).filter((record) => record !== null)
  } catch {
    return []
  }
}
