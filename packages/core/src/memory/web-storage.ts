import type { ThreadStorage } from './thread-storage.ts'

/** The part of the Web Storage interface that is used; declared here because core knows no DOM. */
interface WebStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * Records in `sessionStorage` (this tab, survives a reload) or `localStorage` (every tab, survives the browser).
 * The storage is looked up with each call: where the page may not use it, the call throws and nothing else happens.
 */
export function webStorage(name: 'sessionStorage' | 'localStorage'): ThreadStorage {
  const storage = (): WebStorage => {
    const found = (globalThis as { [key in typeof name]?: WebStorage })[name]
    if (found === undefined) throw new Error(`There is no ${name} here.`)
    return found
  }
  return {
    isShared: name === 'localStorage',
    read: (key) => storage().getItem(key),
    write: (key, value) => storage().setItem(key, value),
    remove: (key) => storage().removeItem(key),
    keys(prefix) {
      const all = Array.from({ length: storage().length }, (_, index) => storage().key(index))
      return all.filter((key): key is string => key?.startsWith(prefix) === true)
    },
  }
}
