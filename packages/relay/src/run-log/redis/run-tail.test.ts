import { describe, expect, it } from 'vitest'
import { createRunTail } from './run-tail.ts'

const frame = (cursor: number, text = ''): { readonly cursor: number; readonly frame: string } => ({
  cursor,
  frame: text,
})

describe('createRunTail', () => {
  it('keeps each frame once, in order, whatever overlaps', () => {
    const tail = createRunTail()
    expect(tail.add(0, { frames: [frame(1), frame(2)], end: null })).toBe(true)
    expect(tail.add(0, { frames: [frame(1), frame(2)], end: null })).toBe(false)
    expect(tail.add(1, { frames: [frame(2), frame(3)], end: null })).toBe(true)

    expect(tail.after(0)?.frames.map(({ cursor }) => cursor)).toEqual([1, 2, 3])
    expect(tail.after(3)).toEqual({ frames: [], end: null })
    expect(tail.after(4)).toBeNull()
  })

  it('forgets what it had rather than to have a gap', () => {
    const tail = createRunTail()
    tail.add(0, { frames: [frame(1)], end: null })
    tail.add(5, { frames: [frame(6)], end: 'done' })

    expect(tail.after(1)).toBeNull()
    expect(tail.after(5)).toEqual({ frames: [frame(6)], end: 'done' })
  })

  it('holds little, however long the run is', () => {
    const tail = createRunTail()
    for (let cursor = 1; cursor <= 1000; cursor += 1) {
      tail.add(cursor - 1, { frames: [frame(cursor, 'x'.repeat(1000))], end: null })
    }
    const held = Array.from({ length: 1000 }, (_, after) => tail.after(after)?.frames.length ?? 0)

    expect(Math.max(...held)).toBeLessThanOrEqual(20)
    expect(tail.after(999)?.frames).toHaveLength(1)
  })
})
