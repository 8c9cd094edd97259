import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { keptListeners } from '../../test/kept.ts'
import { longLog, rowsIn, rowsInView } from '../../test/long-log.ts'
import { frames, messagesIn } from '../../test/scrolling-log.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** Every change below an element from now on. */
function changesIn(element: Element): () => readonly MutationRecord[] {
  const changes: MutationRecord[] = []
  const observer = new MutationObserver((records) => changes.push(...records))
  const options = { subtree: true, childList: true, attributes: true, characterData: true }
  observer.observe(element, options)
  return () => changes.concat(observer.takeRecords())
}

/** Watches whose sizes are observed from now on, and tells of how many elements they still are. */
function keptObservations(): () => number {
  const kept = new Map<ResizeObserver, Set<Element>>()
  class Watched extends ResizeObserver {
    override observe(element: Element, options?: ResizeObserverOptions): void {
      kept.set(this, (kept.get(this) ?? new Set()).add(element))
      super.observe(element, options)
    }
    override unobserve(element: Element): void {
      kept.get(this)?.delete(element)
      super.unobserve(element)
    }
    override disconnect(): void {
      kept.delete(this)
      super.disconnect()
    }
  }
  vi.stubGlobal('ResizeObserver', Watched)
  return () => [...kept.values()].reduce((count, elements) => count + elements.size, 0)
}

describe('ChatThreadVirtualMessages', () => {
  it('changes nothing in 1,000 earlier messages while an answer streams below them', async () => {
    const { viewport, thread, grow } = await longLog()
    void thread.send('Hi')
    await grow('An answer\n')
    const answer = messagesIn(viewport).at(-1)
    const changes = changesIn(viewport)
    const rows = rowsIn(viewport)

    for (let index = 0; index < 10; index += 1) await grow('and more ')

    const others = changes().filter(({ target }) => answer?.contains(target) !== true)
    expect(others).toEqual([])
    expect(rowsIn(viewport)).toEqual(rows)
  })

  it('changes nothing in the log while a person writes', async () => {
    const { viewport, page } = await longLog()
    await userEvent.click(page.getByRole('textbox'))
    await frames()
    const changes = changesIn(viewport)

    await userEvent.keyboard('How long is it?')
    await frames()

    await expect.element(page.getByRole('textbox')).toHaveValue('How long is it?')
    expect(changes()).toEqual([])
  })

  it('takes no row away that stays near the view, nor moves it, while the log is scrolled', async () => {
    const { viewport } = await longLog()
    viewport.scrollTop -= 1000
    await frames()
    const [shown] = rowsInView(viewport)
    const changes = changesIn(viewport)

    for (let index = 0; index < 10; index += 1) {
      viewport.scrollTop -= 30
      await frames()
    }

    const removed = changes().flatMap(({ removedNodes }) => [...removedNodes])
    expect(rowsIn(viewport)).toContain(shown)
    expect(removed).not.toContain(shown)
    expect(changes().some(({ target }) => shown?.contains(target))).toBe(false)
  })

  it('has each answer announced once, whatever rows come and go meanwhile', async () => {
    const { viewport, thread, grow, begin, end } = await longLog()
    const announcer = document.querySelector('[data-part="chat-thread-announcer"]')
    const heard: string[] = []
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) heard.push(node.textContent ?? '')
      }
    })
    observer.observe(announcer as Element, { subtree: true, childList: true })

    void thread.send('Hi')
    await grow('The answer')
    for (const part of [0, 0.5, 0.9]) {
      viewport.scrollTop = part * viewport.scrollHeight
      await frames()
    }
    await begin(`The answer is 42.`)
    await end()
    await expect.poll(() => heard.filter((text) => text.includes('42'))).toHaveLength(1)
    for (const part of [1, 0, 1, 0.3, 1]) {
      viewport.scrollTop = part * viewport.scrollHeight
      await frames()
    }
    // What says it again would do so in time: the next answer is waited for, and heard after it.
    void thread.send('And now?')
    await grow('Another answer')
    await begin('Another answer.')
    await end()
    await expect.poll(() => heard.some((text) => text.includes('Another'))).toBe(true)

    expect(heard.filter((text) => text.includes('42'))).toHaveLength(1)
    expect(heard.filter((text) => text.includes('Another'))).toHaveLength(1)
    expect(heard.filter((text) => /question \d|line/.test(text))).toEqual([])
    observer.disconnect()
  })

  it('leaves no listener and no observer behind', async () => {
    const observed = keptObservations()
    const kept = keptListeners()
    const frame = vi.spyOn(globalThis, 'requestAnimationFrame')
    const { page, viewport } = await longLog()
    viewport.scrollTop = 0
    await frames()
    expect(observed()).toBeGreaterThan(5)

    await page.unmount()
    await frames()
    frame.mockClear()
    viewport.dispatchEvent(new Event('scroll'))
    document.dispatchEvent(new Event('selectionchange'))

    expect(kept().filter((name) => /copy|print|keydown|selection/.test(name))).toEqual([])
    expect(observed()).toBe(0)
    expect(frame).not.toHaveBeenCalled()
  })
})
