import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { emptyIn, rowsIn, unevenTurns } from '../../test/long-log.ts'
import { frames, scrollingLog, type ScrollingLog } from '../../test/scrolling-log.tsx'
import { ChatThreadVirtualMessages } from '../virtual/index.ts'
import { ChatThreadMessages } from './messages.tsx'

const lists = { ChatThreadMessages, ChatThreadVirtualMessages }
const names = ['ChatThreadMessages', 'ChatThreadVirtualMessages'] as const

/** A log that shows this many messages, in the way of this name. */
function open(name: (typeof names)[number], messages: number): Promise<ScrollingLog> {
  return scrollingLog({ turns: unevenTurns(messages / 2), Messages: lists[name] })
}

/** What happened below an element while something was done, and in the frames after it. */
async function changesIn(
  element: Element,
  act: () => Promise<unknown>,
): Promise<readonly MutationRecord[]> {
  const changes: MutationRecord[] = []
  const observer = new MutationObserver((records) => void changes.push(...records))
  const all = { subtree: true, childList: true, attributes: true, characterData: true }
  observer.observe(element, all)
  await act()
  await frames()
  changes.push(...observer.takeRecords())
  observer.disconnect()
  return changes
}

/** Puts the log here and there. */
async function scrollAbout(viewport: HTMLElement): Promise<void> {
  for (const part of [0, 0.3, 0.6]) {
    viewport.scrollTop = part * viewport.scrollHeight
    await frames()
  }
}

describe.each(names)('a log of %s', (name) => {
  it.each([1000, 10_000])(
    'opens %i messages at their end, and changes nothing in them as a person writes',
    async (count) => {
      const { viewport, page, fromEnd } = await open(name, count)
      expect(fromEnd()).toBeLessThan(1)
      expect(viewport.textContent).toContain(`question ${count / 2 - 1}`)
      await userEvent.click(page.getByRole('textbox'))
      await frames()

      const changes = await changesIn(viewport, () => userEvent.keyboard('How long is it?'))

      await expect.element(page.getByRole('textbox')).toHaveValue('How long is it?')
      expect(changes).toEqual([])
    },
    90_000, // development's React takes seconds to render 10,000 messages twice
  )
})

describe('scrolling in a long log', () => {
  it('changes nothing where all of 1,000 messages are rendered', async () => {
    const { viewport } = await open('ChatThreadMessages', 1000)

    const changes = await changesIn(viewport, () => scrollAbout(viewport))

    expect(changes.filter(({ target }) => target !== viewport)).toEqual([])
  })

  it('renders as many rows of 10,000 messages as of 1,000, wherever it is put, and leaves no gap', async () => {
    const shown: number[] = []
    for (const count of [1000, 10_000]) {
      const { viewport, page } = await open('ChatThreadVirtualMessages', count)
      for (const part of [0, 0.3, 0.6, 1]) {
        viewport.scrollTop = part * viewport.scrollHeight
        await frames()
        expect(emptyIn(viewport)).toBeLessThan(1)
        shown.push(rowsIn(viewport).length)
      }
      await page.unmount()
    }

    expect(Math.max(...shown)).toBeLessThanOrEqual(Math.min(...shown) + 10)
  })
})
