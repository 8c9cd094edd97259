import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bitFlips, tamper } from '../__fixtures__/tamper.ts'
import { sealKey } from '../__fixtures__/test-relay.ts'
import { createSealer } from './create-sealer.ts'
import { createThreadSealer } from './seal-thread.ts'

const scope = { projectId: 'p', agentId: 'helper', userId: 'ann' }
const threadId = 'b1946ac9-2492-4d23-95c4-2e0a7f1f0c11'
const sealer = createThreadSealer([{ id: 'a', key: sealKey }])
const sealed = async (): Promise<string> => (await sealer.seal(threadId, scope)) ?? ''

const minute = 60_000
const hour = 60 * minute

/** Sets the clock to a moment, in milliseconds from one in 2026. */
function at(time: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 1) + time })
}

afterEach(() => vi.useRealTimers())

describe('createThreadSealer', () => {
  it('opens what it sealed, in at most a hundred characters that do not show the ID', async () => {
    const named = createThreadSealer([{ id: '202611', key: sealKey }])
    const handle = (await named.seal(threadId, scope)) ?? ''

    expect(await named.open(handle, scope)).toEqual({ threadId, isStale: false })
    expect(handle.length).toBeLessThanOrEqual(100)
    expect(handle).toMatch(/^2\.202611\.[\w-]+$/)
  })

  it('opens handles that releases before this one have sealed', async () => {
    const old =
      '2.a.y76yUuCDZFTr4Lcyavtv9A68VKXEvxAdoc0vtXSsnMbKXLFjRVvV1jFIv6SAZxIbsWktnDRbk49iNUdeB5TCVzOjEio'

    expect(await sealer.open(old, scope)).toEqual({ threadId, isStale: false })
  })

  it.each([
    ['of 1024 letters', 'x'.repeat(1024)],
    ['of 1024 characters of three bytes each', '\u20ac'.repeat(1024)],
    ['of 1024 halves of pairs', '\u{1f600}'.repeat(512)],
    ['with a line end', 'a\nb'],
  ])('opens what it sealed of an ID %s', async (_, long) => {
    const sealerWithLongName = createThreadSealer([{ id: 'k'.repeat(16), key: sealKey }])

    const handle = await sealerWithLongName.seal(long, scope)

    expect(await sealerWithLongName.open(handle ?? '', scope)).toMatchObject({ threadId: long })
  })

  it.each([
    ['is empty', ''],
    ['is longer', 'x'.repeat(1025)],
    ['is half a pair, which no URL can carry', 'thread_\ud800'],
  ])('seals no ID that %s', async (_, id) => {
    expect(await sealer.seal(id, scope)).toBeNull()
  })

  it('refuses a handle with any bit flipped (T06)', async () => {
    const flipped = bitFlips(await sealed())

    const opened = await Promise.all(flipped.map(async (handle) => sealer.open(handle, scope)))

    expect(opened).toHaveLength((12 + 4 + threadId.length + 16) * 8)
    expect(opened.filter((found) => found !== null)).toEqual([])
  })

  it('refuses a handle that was tampered with in any way (T06)', async () => {
    const handle = await sealed()
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        async (numbers) => {
          const pick = (below: number): number => Math.floor((numbers.next().value ?? 0) * below)
          const tampered = tamper(handle, pick)

          expect(tampered).not.toBe(handle)
          expect(await sealer.open(tampered, scope)).toBeNull()
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('refuses a handle with any character changed, and a second spelling of the same bytes (T06)', async () => {
    const handle = await sealed()

    const opened: unknown[] = []
    for (let index = 0; index < handle.length; index += 1) {
      for (const character of ['A', 'B', '_', '.', '=', ' ']) {
        if (handle[index] === character) continue
        const changed = handle.slice(0, index) + character + handle.slice(index + 1)
        opened.push(await sealer.open(changed, scope))
      }
    }
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const last of alphabet.replace(handle.slice(-1), '')) {
      opened.push(await sealer.open(handle.slice(0, -1) + last, scope))
    }
    for (const other of [`${handle}=`, `${handle}A`, `${handle}.`, ` ${handle}`, `${handle}\n`]) {
      opened.push(await sealer.open(other, scope))
    }

    expect(opened.every((found) => found === null)).toBe(true)
  })

  it.each([
    ['user', { ...scope, userId: 'bob' }],
    ['agent', { ...scope, agentId: 'other' }],
    ['project', { ...scope, projectId: 'q' }],
    ['split of the same letters', { projectId: 'ph', agentId: 'elper', userId: 'ann' }],
  ])('refuses a handle of another %s (T06)', async (_, other) => {
    const handle = await sealed()

    expect(await sealer.open(handle, other)).toBeNull()
  })

  it('refuses a handle of another kind, and one of its own is refused there (T06) (T35)', async () => {
    const names = ['p', 'helper', 'ann']
    const files = createSealer([{ id: 'a', key: sealKey }], { kind: 'fluokit-file', longest: 100 })
    const file = (await files.seal(threadId, names)) ?? ''

    expect(await files.open(file, names)).toMatchObject({ text: threadId })
    expect(await sealer.open(file, scope)).toBeNull()
    expect(await files.open(await sealed(), names)).toBeNull()
  })

  it('refuses a handle whose key goes by another name, or another key by its name (T06)', async () => {
    const renamed = createThreadSealer([{ id: 'b', key: sealKey }])
    const replaced = createThreadSealer([{ id: 'a', key: Uint8Array.from(sealKey).reverse() }])
    const handle = await sealed()

    expect(await renamed.open(handle.replace('.a.', '.b.'), scope)).toBeNull()
    expect(await renamed.open(handle, scope)).toBeNull()
    expect(await replaced.open(handle, scope)).toBeNull()
  })

  it('opens handles under older keys as stale, seals under the first, and refuses unknown keys (T06)', async () => {
    const newKey = Uint8Array.from(sealKey).reverse()
    const rotated = createThreadSealer([
      { id: 'b', key: newKey },
      { id: 'a', key: sealKey },
    ])
    const old = await sealed()

    const fresh = (await rotated.seal(threadId, scope)) ?? ''

    expect(await rotated.open(old, scope)).toEqual({ threadId, isStale: true })
    expect(await rotated.open(fresh, scope)).toEqual({ threadId, isStale: false })
    expect(await sealer.open(fresh, scope)).toBeNull()
    expect(await sealer.open(old.replace('2.a.', '2.b.'), scope)).toBeNull()
  })

  it('never uses an initialisation vector twice (T07)', async () => {
    const handles = await Promise.all(Array.from({ length: 10_000 }, sealed))

    expect(new Set(handles.map((handle) => handle.slice(4, 20))).size).toBe(10_000)
  })

  it('opens a handle until its life and five minutes are over, and from five minutes before (T06)', async () => {
    const mortal = createThreadSealer([{ id: 'a', key: sealKey }], 10 * hour)
    at(0)
    const handle = (await mortal.seal(threadId, scope)) ?? ''
    const isOpenAt = async (time: number): Promise<boolean> => {
      at(time)
      return (await mortal.open(handle, scope)) !== null
    }

    expect(await isOpenAt(10 * hour)).toBe(true)
    expect(await isOpenAt(10 * hour + 5 * minute)).toBe(true)
    expect(await isOpenAt(10 * hour + 5 * minute + 1)).toBe(false)
    expect(await isOpenAt(-5 * minute)).toBe(true)
    expect(await isOpenAt(-5 * minute - 1)).toBe(false)
  })

  it('calls a handle stale once it is past half its life', async () => {
    const mortal = createThreadSealer([{ id: 'a', key: sealKey }], 10 * hour)
    at(0)
    const handle = (await mortal.seal(threadId, scope)) ?? ''

    at(5 * hour)
    expect(await mortal.open(handle, scope)).toEqual({ threadId, isStale: false })
    at(5 * hour + 1)
    expect(await mortal.open(handle, scope)).toEqual({ threadId, isStale: true })
  })

  it('gives a handle no end and no beginning without a lifetime', async () => {
    at(0)
    const handle = await sealed()

    for (const time of [-1000 * hour, 100_000 * hour]) {
      at(time)
      expect(await sealer.open(handle, scope)).toEqual({ threadId, isStale: false })
    }
  })

  it.each(['', '.', '..', '2.a.', '2..', 'thread_1', '1.a.AAAA', '2.a.AAAA', 'x'.repeat(100_000)])(
    'answers null for %#',
    async (handle) => {
      expect(await sealer.open(handle, scope)).toBeNull()
    },
  )
})
