import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import { webStorage } from '../memory/web-storage.ts'

/** Where records go unless an application says: a server's process may have a `sessionStorage`, too, which all of its visitors would share. */
export function defaultStorage(): ThreadStorage {
  return 'document' in globalThis ? webStorage('sessionStorage') : memoryStorage()
}
