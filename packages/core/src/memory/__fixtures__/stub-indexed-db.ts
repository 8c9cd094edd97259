import * as fake from 'fake-indexeddb'
import { vi } from 'vitest'

/** Gives Node an IndexedDB until `vi.unstubAllGlobals()`. Its databases stay in memory. */
export function stubIndexedDb(): void {
  for (const [name, value] of Object.entries(fake)) {
    if (name === 'indexedDB' || name.startsWith('IDB')) vi.stubGlobal(name, value)
  }
}
