import { describe, expect, it } from 'vitest'
import { createUnread } from './unread.ts'

/** Whether there is room at once. */
async function hasRoom(unread: ReturnType<typeof createUnread>): Promise<boolean> {
  return Promise.race([unread.room().then(() => true), Promise.resolve().then(() => false)])
}

describe('createUnread', () => {
  it('has room until the fastest reader is further behind than it may be', async () => {
    const unread = createUnread(10)
    const [slow, fast] = [unread.join(), unread.join()]
    unread.add(['x'.repeat(10)])
    expect(await hasRoom(unread)).toBe(true)
    unread.add(['y'])
    expect(await hasRoom(unread)).toBe(false)

    slow.taken(0)
    expect(await hasRoom(unread)).toBe(false)
    const waiting = unread.room()
    fast.taken(1)
    await waiting
  })

  it('counts nothing while nobody reads: who comes then begins with what is written from then on', async () => {
    const unread = createUnread(10)
    unread.add(['x'.repeat(100)])
    const first = unread.join()
    expect(await hasRoom(unread)).toBe(true)
    unread.add(['y'.repeat(20)])
    expect(await hasRoom(unread)).toBe(false)
    first.leave()
    unread.add(['z'.repeat(100)])

    const second = unread.join()
    expect(await hasRoom(unread)).toBe(true)
    unread.add(['y'.repeat(11)])
    second.taken(3) // what was there when it came
    expect(await hasRoom(unread)).toBe(false)
    second.taken(4)
    expect(await hasRoom(unread)).toBe(true)
  })

  it('says how many readers there are, each once', () => {
    const unread = createUnread(10)
    const [one] = [unread.join(), unread.join()]
    one.leave()
    one.leave()
    expect(unread.readers).toBe(1)
  })

  it('lets go of who waits when it is closed', async () => {
    const unread = createUnread(10)
    unread.join()
    unread.add(['x'.repeat(11)])
    const waiting = unread.room()
    unread.close()
    await waiting
    expect(await hasRoom(unread)).toBe(true)
  })
})
