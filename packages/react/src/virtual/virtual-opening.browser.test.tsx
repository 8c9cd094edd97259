import { afterEach, describe, expect, it, vi } from 'vitest'
import { emptyIn, longLog, rowsIn } from '../../test/long-log.ts'

const rowPart = '[data-part="chat-thread-row"]'

/** Every row that comes onto the page from now on, also those that do not stay. */
function rowsToCome(): () => readonly Element[] {
  const seen = new Set<Element>()
  const take = (records: readonly MutationRecord[]): void => {
    for (const { addedNodes, removedNodes } of records) {
      for (const node of [...addedNodes, ...removedNodes]) {
        if (!(node instanceof Element)) continue
        for (const row of [node, ...node.querySelectorAll(rowPart)]) {
          if (row.matches(rowPart)) seen.add(row)
        }
      }
    }
  }
  const observer = new MutationObserver(take)
  observer.observe(document.body, { subtree: true, childList: true })
  return () => {
    take(observer.takeRecords())
    observer.disconnect()
    return [...seen]
  }
}

/** How often a row's boxes are read from now on, each of which has the page laid out if it is not. */
function rowsRead(): () => number {
  let count = 0
  for (const name of ['getBoundingClientRect', 'getClientRects'] as const) {
    const own = Element.prototype[name] as () => never
    vi.spyOn(Element.prototype, name).mockImplementation(function (this: Element) {
      if (this.matches(rowPart)) count += 1
      return own.call(this)
    })
  }
  return () => count
}

afterEach(() => vi.restoreAllMocks())

describe('ChatThreadVirtualMessages', () => {
  it.each([
    [200, 5],
    [700, 8],
  ])(
    'fills a view of %i pixels at its opening with at most %i of 500 turns, each read once',
    async (height, most) => {
      const style = { height, overflow: 'auto', font: '16px/20px sans-serif' } as const
      const came = rowsToCome()
      const read = rowsRead()

      const { viewport, fromEnd } = await longLog({ viewport: { style } })
      const rows = came()

      expect(rows.length).toBeLessThanOrEqual(most)
      // React's strict mode brings each row of the first render twice.
      expect(read()).toBeLessThanOrEqual(2 * rows.length)
      expect(emptyIn(viewport)).toBeLessThan(1)
      expect(fromEnd()).toBeLessThanOrEqual(1)
    },
  )

  it('has rows on either side of the view once the end is let go', async () => {
    const { viewport } = await longLog()
    expect(rowsIn(viewport).length).toBeLessThanOrEqual(4)

    viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }))
    await Promise.resolve()

    expect(rowsIn(viewport).length).toBeGreaterThanOrEqual(6)
  })
})
