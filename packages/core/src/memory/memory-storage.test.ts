import { describe, expect, it } from 'vitest'
import { memoryStorage } from './memory-storage.ts'

describe('memoryStorage', () => {
  it('reads what was written, and null for what was not', () => {
    const storage = memoryStorage()

    void storage.write('a', '1')
    void storage.write('a', '2')

    expect(storage.read('a')).toBe('2')
    expect(storage.read('b')).toBeNull()
    expect(storage.read('__proto__')).toBeNull()
  })

  it('lists the keys of a prefix and removes', () => {
    const storage = memoryStorage()
    for (const key of ['x:1', 'x:2', 'y:1']) void storage.write(key, '')

    void storage.remove('x:1')
    void storage.remove('never there')

    expect(storage.keys('x:')).toEqual(['x:2'])
    expect(storage.keys('')).toEqual(['x:2', 'y:1'])
  })

  it('is of its own for each call, and not shared', () => {
    void memoryStorage().write('a', '1')

    expect(memoryStorage().read('a')).toBeNull()
    expect(memoryStorage().isShared).toBe(false)
  })
})
