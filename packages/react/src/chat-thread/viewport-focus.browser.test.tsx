import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { frames, messagesIn, scrollingLog } from '../../test/scrolling-log.tsx'
import { turnsOf } from '../../test/turns.ts'
import { useThread } from '../index.ts'

function Suggestion() {
  const thread = useThread()
  return (
    <button type="button" onClick={() => void thread.send('Hi')}>
      Say hi
    </button>
  )
}

const suggesting = { turns: [], empty: <Suggestion /> }

describe('ChatThread.Viewport', () => {
  it.each(['{Enter}', ' '])(
    'hands the focus of a keyboard that presses a suggestion with "%s" to the input',
    async (press) => {
      const { page, viewport } = await scrollingLog(suggesting)
      viewport.focus()
      await userEvent.keyboard('{Tab}')
      expect(document.activeElement?.textContent).toBe('Say hi')

      await userEvent.keyboard(press)
      await frames()

      expect(page.getByRole('button', { name: 'Say hi' }).query()).toBeNull()
      expect(document.activeElement).toBe(page.getByRole('textbox').element())
    },
  )

  it('hands the focus of a pointer that presses a suggestion to the log, which opens no keyboard', async () => {
    const { page, viewport } = await scrollingLog(suggesting)

    await page.getByRole('button', { name: 'Say hi' }).click()
    await frames()

    expect(page.getByRole('button', { name: 'Say hi' }).query()).toBeNull()
    expect(document.activeElement).toBe(viewport)
  })

  it('takes the focus when a reset takes away what had it', async () => {
    const { viewport, thread } = await scrollingLog()
    messagesIn(viewport).at(-1)?.querySelector('button')?.focus()

    thread.reset()
    await frames()

    expect(messagesIn(viewport)).toEqual([])
    expect(document.activeElement).toBe(viewport)
  })

  it('takes the focus when another thread takes away what had it', async () => {
    const { viewport, show, isFollowing } = await scrollingLog()
    messagesIn(viewport).at(-1)?.focus()

    await show({
      threadKey: 'other',
      turns: turnsOf(3).map((turn) => ({ ...turn, id: turn.id + 'x' })),
    })

    expect(messagesIn(viewport)).toHaveLength(6)
    expect(document.activeElement).toBe(viewport)
    expect(isFollowing()).toBe(true)
  })

  it('takes no focus from elsewhere on the page', async () => {
    const { page, viewport, thread } = await scrollingLog()
    messagesIn(viewport).at(-1)?.querySelector('button')?.focus()
    const input = page.getByRole('textbox').element() as HTMLElement
    input.focus()

    thread.reset()
    await frames()

    expect(document.activeElement).toBe(input)
  })

  it('takes no focus that was given up before', async () => {
    const { viewport, thread } = await scrollingLog()
    const control = messagesIn(viewport).at(-1)?.querySelector('button')
    control?.focus()
    control?.blur()
    await frames()

    thread.reset()
    await frames()

    expect(document.activeElement).toBe(document.body)
  })

  it('lets go of no end where no turn is: there is none to follow', async () => {
    const { viewport, isFollowing } = await scrollingLog(suggesting)
    viewport.focus()

    await userEvent.keyboard('{Tab}')

    expect(document.activeElement?.textContent).toBe('Say hi')
    expect(isFollowing()).toBe(true)
  })
})
