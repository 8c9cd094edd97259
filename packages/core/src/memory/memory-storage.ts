import type { ThreadStorage } from './thread-storage.ts'

/** Records that live as long as the page: for servers, tests, and pages that must not store anything. */
export function memoryStorage(): ThreadStorage {
  const records = new Map<string, string>()
  return {
    isShared: false,
    read: (key) => records.get(key) ?? null,
    write: (key, value) => void records.set(key, value),
    remove: (key) => void records.delete(key),
    keys: (prefix) => [...records.keys()].filter((key) => key.startsWith(prefix)),
  }
}
