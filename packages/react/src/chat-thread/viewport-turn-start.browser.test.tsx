import { afterEach, describe, expect, it } from 'vitest'
import { emulateMedia } from '../../test/emulate-media.ts'
import {
  frames,
  lines,
  messagesIn,
  scrollingLog,
  topIn,
  type LogOptions,
} from '../../test/scrolling-log.tsx'
import { style, turnStartLog } from '../../test/turn-start-log.ts'

afterEach(() => emulateMedia({}))

describe('ChatThread.Viewport with anchor="turn-start"', () => {
  it('begins at the end of restored turns, with no room below them', async () => {
    const { fromEnd, height, isFollowing, space } = await turnStartLog()

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(height()).toBe(0)
    expect(space()?.ariaHidden).toBe('true')
    expect(isFollowing()).toBe(true)
  })

  it('has no room of its own otherwise', async () => {
    const { viewport } = await scrollingLog()

    expect(viewport.querySelector('[data-part="chat-thread-space"]')).toBeNull()
  })

  it.each<readonly [string, LogOptions]>([
    ['in a block', {}],
    ['in a block that is positioned', { viewport: { style: { ...style, position: 'relative' } } }],
    [
      'in a column of flexible boxes',
      { viewport: { style: { ...style, display: 'flex', flexDirection: 'column', gap: 12 } } },
    ],
    [
      'with padding and a border',
      { viewport: { style: { ...style, padding: '24px 0 40px', border: '4px solid' } } },
    ],
    [
      'in an element around the messages',
      { wrap: (messages) => <div style={{ padding: 10 }}>{messages}</div> },
    ],
    [
      'in a positioned element around the messages',
      {
        wrap: (messages) => (
          <div style={{ position: 'relative', border: '3px solid' }}>{messages}</div>
        ),
      },
    ],
    [
      'in lines of a broken height',
      { viewport: { style: { ...style, height: 200.4, font: '15px/19.3px sans-serif' } } },
    ],
    ['in a thread that was empty', { turns: [] }],
  ])(
    'puts the question at the top, %s, and the answer grows below it without moving it',
    async (_, options) => {
      const { send, grow, viewport, fromEnd, height, isFollowing, space } =
        await turnStartLog(options)
      const question = await send('Hi')
      const top = topIn(viewport, question)
      expect(Math.abs(top - viewport.clientTop)).toBeLessThanOrEqual(1)
      expect(fromEnd()).toBeLessThanOrEqual(1)
      const before = height()
      const moved: number[] = []
      viewport.addEventListener('scroll', () => moved.push(viewport.scrollTop))

      await grow(lines(2))
      expect(height()).toBeLessThan(before)
      expect(isFollowing()).toBe(true)
      for (let index = 0; index < 6; index += 1) {
        await grow(lines(3))
        expect(topIn(viewport, question)).toBe(top)
      }

      expect(height()).toBe(0)
      expect(space()?.getAttribute('style')).not.toContain('px')
      expect(fromEnd()).toBeGreaterThan(100)
      expect(isFollowing()).toBe(false)
      expect(moved).toEqual([])
    },
  )

  it('shows only the end of a question that is taller than half the view', async () => {
    const { send, grow, viewport } = await turnStartLog()

    const question = await send(lines(30))
    await grow('An answer')

    const end = topIn(viewport, question) + question.offsetHeight
    expect(Math.abs(end - 100)).toBeLessThanOrEqual(1)
  })

  it('keeps the question off the edge by its scroll margin', async () => {
    const { send, viewport, fromEnd } = await turnStartLog({
      wrap: (messages) => (
        <div>
          <style>{'article { scroll-margin-top: 16px }'}</style>
          {messages}
        </div>
      ),
    })

    const question = await send('Hi')

    expect(Math.abs(topIn(viewport, question) - 16)).toBeLessThanOrEqual(1)
    expect(fromEnd()).toBeLessThanOrEqual(1)
  })

  it('moves at once, also where a style sheet asks for smooth scrolling (A11y 31)', async () => {
    await emulateMedia({ 'prefers-reduced-motion': 'reduce' })
    const { send, viewport } = await turnStartLog({
      viewport: { style: { ...style, scrollBehavior: 'smooth' } },
    })

    const question = await send('Hi')

    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
  })

  it('puts the question of a second turn at the top as well, from wherever the person was', async () => {
    const { send, grow, begin, end, viewport, fromEnd } = await turnStartLog()
    await send('Hi')
    await grow(lines(20))
    await begin(lines(20))
    await end()
    viewport.scrollTop = 40
    await frames()

    const question = await send('And now?')
    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
    expect(fromEnd()).toBeLessThanOrEqual(1)
    await grow(lines(2))

    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
  })

  it('keeps the question there when the view gets another size', async () => {
    const { send, grow, viewport, fromEnd, isFollowing } = await turnStartLog()
    const question = await send('Hi')
    await grow(lines(3))

    for (const height of ['120px', '500px', '160px', '300px']) {
      viewport.style.height = height
      await frames()
      expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
    }

    expect(fromEnd()).toBeLessThanOrEqual(1)
    expect(isFollowing()).toBe(true)
  })

  it('keeps the question there when something above it or below it gets another size', async () => {
    const { send, grow, viewport } = await turnStartLog()
    const question = await send('Hi')
    await grow(lines(3))
    const [first] = messagesIn(viewport)
    const answer = messagesIn(viewport).at(-1) as HTMLElement

    first?.style.setProperty('height', '300px')
    await frames()
    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
    answer.style.display = 'none'
    await frames()
    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
    answer.style.display = ''
    await frames()

    expect(Math.abs(topIn(viewport, question))).toBeLessThanOrEqual(1)
  })
})
