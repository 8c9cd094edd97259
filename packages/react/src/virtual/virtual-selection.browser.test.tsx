import { afterEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { longLog, rowAt, rowsIn, rowsInView, unevenTurns } from '../../test/long-log.ts'
import { frames } from '../../test/scrolling-log.tsx'

async function goTo(viewport: HTMLElement, part: number): Promise<void> {
  viewport.scrollTop = part * viewport.scrollHeight
  await frames()
}

/** What a copy of the selection would take, when the page is asked for it. */
async function copied(): Promise<string> {
  let text: string | null = null
  // After every listener of ours, and what they have rendered. The clipboard is left alone: files that run at once share one.
  const take = (event: Event): void => {
    text = document.getSelection()?.toString() ?? ''
    event.preventDefault()
  }
  globalThis.addEventListener('copy', take)
  await userEvent.keyboard('{ControlOrMeta>}c{/ControlOrMeta}')
  await expect.poll(() => text).not.toBeNull()
  globalThis.removeEventListener('copy', take)
  return text ?? ''
}

/** The questions in a text, by their numbers. */
function questionsIn(text: string): readonly number[] {
  return [...text.matchAll(/^question (\d+)/gm)].map(([, number]) => Number(number))
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** The first text of the answer in a row. */
function answerIn(row: Element | undefined): Node {
  const answer = row?.querySelectorAll('article')[1]
  const text = answer && document.createTreeWalker(answer, NodeFilter.SHOW_TEXT).nextNode()
  if (text) return text
  throw new Error('There is no answer in this row.')
}

afterEach(() => document.getSelection()?.removeAllRanges())

describe('ChatThreadVirtualMessages', () => {
  it('keeps both ends of a selection while they are scrolled away, and copies all that is between them', async () => {
    const { viewport } = await longLog()
    await goTo(viewport, 0.5)
    const [begin] = rowsInView(viewport)
    const from = Number(begin?.dataset['index'])
    viewport.focus({ preventScroll: true })
    document.getSelection()?.collapse(begin?.querySelector('article') as Node, 0)
    await goTo(viewport, 0.6)
    const end = rowsInView(viewport).at(-1)
    const to = Number(end?.dataset['index'])
    expect(to - from).toBeGreaterThan(30)
    expect(begin?.isConnected).toBe(true)
    document.getSelection()?.extend(answerIn(end), 0)
    await goTo(viewport, 0.1)
    expect(rowsIn(viewport).length).toBeLessThan(40)

    const text = await copied()

    expect(begin?.isConnected).toBe(true)
    expect(end?.isConnected).toBe(true)
    expect(questionsIn(text)).toEqual(numbers(from, to))
    document.getSelection()?.removeAllRanges()
    await goTo(viewport, 0.9)
    expect(rowsIn(viewport).length).toBeLessThan(30)
  })

  it('copies all of it when all of the page is selected', async () => {
    const { viewport } = await longLog({ turns: unevenTurns(200) })
    viewport.focus()
    await userEvent.keyboard('{ControlOrMeta>}a{/ControlOrMeta}')
    expect(rowsIn(viewport).length).toBeLessThan(30)

    expect(questionsIn(await copied())).toEqual(numbers(0, 199))
  })

  it('copies what is selected in the middle of an answer to the character, while it is out of view', async () => {
    const { viewport } = await longLog()
    await goTo(viewport, 0.3)
    const text = answerIn(rowsInView(viewport)[0])
    viewport.focus({ preventScroll: true })
    document.getSelection()?.setBaseAndExtent(text, 3, text, 17)
    const selected = text.textContent?.slice(3, 17)
    await goTo(viewport, 0.9)

    expect(await copied()).toBe(selected)
  })

  it('puts all of it on the page for as long as that is printed', async () => {
    const { viewport } = await longLog({ turns: unevenTurns(200) })

    globalThis.dispatchEvent(new Event('beforeprint'))
    await Promise.resolve()
    expect(rowsIn(viewport)).toHaveLength(200)
    expect(viewport.querySelectorAll('[data-part="chat-thread-gap"]')).toHaveLength(0)
    globalThis.dispatchEvent(new Event('afterprint'))
    await frames()

    expect(rowsIn(viewport).length).toBeLessThan(30)
    expect(rowAt(viewport, 199)).not.toBeNull()
  })
})
