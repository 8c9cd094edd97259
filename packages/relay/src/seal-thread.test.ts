import { describe, expect, it } from 'vitest'
import { sealKey } from './__fixtures__/test-relay.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { createThreadSealer } from './seal-thread.ts'

const scope = { projectId: 'p', agentId: 'helper', userId: 'ann' }
const threadId = 'b1946ac9-2492-4d23-95c4-2e0a7f1f0c11'
const sealer = createThreadSealer([{ id: 'a', key: sealKey }])
const sealed = async (): Promise<string> => (await sealer.seal(threadId, scope)) ?? ''

describe('createThreadSealer', () => {
  it('opens what it sealed, in about a hundred characters that do not show the ID', async () => {
    const handle = await sealed()

    expect(await sealer.open(handle, scope)).toBe(threadId)
    expect(handle.length).toBeLessThanOrEqual(100)
    expect(handle).toMatch(/^1\.a\.[\w-]+$/)
  })

  it.each([
    ['of 1024 letters', 'x'.repeat(1024)],
    ['of 1024 characters of three bytes each', '\u20ac'.repeat(1024)],
    ['of 1024 halves of pairs', '\u{1f600}'.repeat(512)],
    ['with a line end', 'a\nb'],
  ])('opens what it sealed of an ID %s', async (_, long) => {
    const sealerWithLongName = createThreadSealer([{ id: 'k'.repeat(16), key: sealKey }])

    const handle = await sealerWithLongName.seal(long, scope)

    expect(await sealerWithLongName.open(handle ?? '', scope)).toBe(long)
  })

  it.each([
    ['is longer', 'x'.repeat(1025)],
    ['is half a pair, which no URL can carry', 'thread_\ud800'],
  ])('seals no ID that %s', async (_, id) => {
    expect(await sealer.seal(id, scope)).toBeNull()
  })

  it('refuses a handle with any bit flipped', async () => {
    const handle = await sealed()
    const bytes = fromBase64url(handle.split('.')[2] ?? '') ?? new Uint8Array()

    const opened: (string | null)[] = []
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      opened.push(await sealer.open(`1.a.${toBase64url(flipped)}`, scope))
    }

    expect(opened).toHaveLength(bytes.length * 8)
    expect(opened.every((found) => found === null)).toBe(true)
  })

  it('refuses a handle with any character changed, and a second spelling of the same bytes', async () => {
    const handle = await sealed()

    const opened: (string | null)[] = []
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
  ])('refuses a handle of another %s', async (_, other) => {
    const handle = await sealed()

    expect(await sealer.open(handle, other)).toBeNull()
  })

  it('opens handles under older keys, seals under the first, and refuses unknown keys', async () => {
    const newKey = Uint8Array.from(sealKey).reverse()
    const rotated = createThreadSealer([
      { id: 'b', key: newKey },
      { id: 'a', key: sealKey },
    ])
    const old = await sealed()

    const fresh = (await rotated.seal(threadId, scope)) ?? ''

    expect(await rotated.open(old, scope)).toBe(threadId)
    expect(rotated.isCurrent(old)).toBe(false)
    expect(rotated.isCurrent(fresh)).toBe(true)
    expect(await sealer.open(fresh, scope)).toBeNull()
    expect(await sealer.open(old.replace('1.a.', '1.b.'), scope)).toBeNull()
  })

  it('never uses an initialisation vector twice', async () => {
    const handles = await Promise.all(Array.from({ length: 2000 }, sealed))

    expect(new Set(handles.map((handle) => handle.slice(4, 20))).size).toBe(2000)
  })

  it.each(['', '.', '..', '1.a.', '1..', 'thread_1', '1.a.AAAA', '2.a.AAAA', 'x'.repeat(100_000)])(
    'answers null for %#',
    async (handle) => {
      expect(await sealer.open(handle, scope)).toBeNull()
    },
  )
})
