import { render } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { Grouped } from './grouped.tsx'

describe('Grouped', () => {
  it('looks at the last items only while they grow, however many stand above', () => {
    const item = vi.fn<(text: string, index: number, isEnd: boolean) => string>(
      (text, index, isEnd) => `${index}${text}${isEnd ? '…' : ''} `,
    )
    const items = Array.from({ length: 6_000 }, () => 'a')
    const page = (list: readonly string[], isEnd: boolean, shared = false) => (
      <Grouped items={list} isEnd={isEnd} shared={shared}>
        {item}
      </Grouped>
    )
    const { container, rerender } = render(page(items, true))
    expect(item).toHaveBeenCalledTimes(6_000)

    item.mockClear()
    rerender(page([...items.slice(0, -1), 'ab'], true))
    rerender(page([...items, 'b'], true))
    rerender(page([...items, 'b'], false))

    expect(item.mock.calls.length).toBeLessThan(100)
    expect(container.textContent).toMatch(/5998a 5999a 6000b $/)
    expect(container.textContent).not.toContain('…')

    rerender(page([...items, 'b'], false, true))
    expect(item.mock.lastCall).toEqual(['b', 6_000, false])
    expect(item.mock.calls.length).toBeGreaterThan(6_000)
  })

  it('shows what a list lost or changed anywhere', () => {
    const page = (list: readonly string[]) => (
      <Grouped items={list} isEnd={false}>
        {(text) => text}
      </Grouped>
    )
    const letters = Array.from({ length: 100 }, (_, index) => String.fromCodePoint(200 + index))
    const { container, rerender } = render(page(letters))
    for (const list of [letters.with(3, 'x'), letters.slice(0, 40), [], letters]) {
      rerender(page(list))
      expect(container.textContent).toBe(list.join(''))
    }
  })
})
