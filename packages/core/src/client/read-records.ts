import type { ThreadStorage } from '../memory/thread-storage.ts'
import { parseThreadRecord, type ThreadRecord } from '../thread/thread-record.ts'

/** Records by the keys under which they are stored. */
export type StoredRecords = ReadonlyMap<string, ThreadRecord>

/**
 * Every record under a prefix. One that the storage fails to read now is the one that was `known`, and all are where it does not even say
 * which there are. Never rejects.
 */
export async function readRecords(
  storage: ThreadStorage,
  prefix: string,
  known: StoredRecords = new Map(),
): Promise<StoredRecords> {
  const records = new Map<string, ThreadRecord>()
  async function read(key: string): Promise<void> {
    let record = known.get(key) ?? null
    try {
      record = parseThreadRecord(await storage.read(key))
    } catch {
      // It may be there as it was.
    }
    if (record !== null) records.set(key, record)
  }
  try {
    const keys = await storage.keys(prefix)
    await Promise.all(keys.map(read))
    return records
  } catch {
    return known
  }
}
