import { afterEach, describe, expect, it, vi } from 'vitest'
import { webStorage } from './web-storage.ts'

/** A Storage that minds its `this`, as a browser's does. */
class FakeStorage {
  readonly #records = new Map<string, string>()
  get length(): number {
    return this.#records.size
  }
  key(index: number): string | null {
    return [...this.#records.keys()][index] ?? null
  }
  getItem(key: string): string | null {
    return this.#records.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.#records.set(key, value)
  }
  removeItem(key: string): void {
    this.#records.delete(key)
  }
}

afterEach(() => void vi.unstubAllGlobals())

describe('webStorage', () => {
  it.each(['sessionStorage', 'localStorage'] as const)('keeps records in %s', (name) => {
    const page = new FakeStorage()
    vi.stubGlobal(name, page)
    const storage = webStorage(name)

    void storage.write('fluo:a', '1')
    void storage.write('fluo:b', '2')
    page.setItem('other', 'x')
    void storage.remove('fluo:a')

    expect(storage.read('fluo:a')).toBeNull()
    expect(storage.read('fluo:b')).toBe('2')
    expect(page.getItem('fluo:b')).toBe('2')
    expect(storage.keys('fluo:')).toEqual(['fluo:b'])
  })

  it('says which one other tabs see', () => {
    expect(webStorage('sessionStorage').isShared).toBe(false)
    expect(webStorage('localStorage').isShared).toBe(true)
  })

  it('touches nothing until it is used, and throws with each use where there is none', () => {
    vi.stubGlobal('sessionStorage', undefined)
    const storage = webStorage('sessionStorage')

    expect(() => storage.read('a')).toThrow('sessionStorage')
    expect(() => storage.write('a', '1')).toThrow('sessionStorage')
    expect(() => storage.keys('')).toThrow('sessionStorage')
  })

  it('looks its storage up with each call', () => {
    vi.stubGlobal('localStorage', undefined)
    const storage = webStorage('localStorage')
    vi.stubGlobal('localStorage', new FakeStorage())

    void storage.write('a', '1')

    expect(storage.read('a')).toBe('1')
  })
})
