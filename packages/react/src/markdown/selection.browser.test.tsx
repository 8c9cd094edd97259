import { cleanup } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { partNamed } from '../../test/chat.tsx'
import { markdownChat } from '../../test/markdown-chat.tsx'

afterEach(() => {
  getSelection()?.removeAllRanges()
  cleanup()
})

/** The text nodes in which these words stand, and where. */
function placeOf(words: string): [Node, number] {
  const walker = document.createTreeWalker(partNamed('markdown-text') as Node, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const at = node.textContent?.indexOf(words) ?? -1
    if (at !== -1) return [node, at]
  }
  throw new Error(`Nowhere stands "${words}".`)
}

describe('Markdown.Text', () => {
  it.each([
    [
      'a paragraph',
      'zero one two',
      ['three', ' **four', '**', ' [li', 'nk](https://a.example) ', 'x'],
    ],
    ['lines', 'zero\none two', ['three', '\n', 'four', '\n\n', '# five']],
    ['a list', '- zero\n- one two', ['three', '\n', '- four']],
    ['a quote', '> zero\n> one two', ['three', '\n', '>\n', '> four', '\n\nfive']],
    ['a cell', '| zero |\n|---|\n| one two', ['three', ' |\n', '| four', ' |\n\nfive']],
    ['code', '```ts\nzero\none two', ['three', '\n', 'four', '\n```', '\nfive']],
    ['code in an item', '1. a\n   ```\n   one two', ['three', '\n', '   ```', '\n2. four']],
    ['a heading', '# one two', ['three', ' *four', '*\nfive']],
  ])('lets a selection be where a person put it while %s grows', async (_, begun, more) => {
    const { say } = markdownChat()
    await say(begun)
    const [node, at] = placeOf('one two')
    const ends = [
      [at + 5, at + 1], // backwards
      [at + 2, at + 2], // where a drag begins
      [at, at + 3],
    ] as const

    for (const [index, text] of more.entries()) {
      const [anchor, focus] = ends[index % 3] ?? ends[0]
      getSelection()?.setBaseAndExtent(node, anchor, node, focus)
      await say(text)
      const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection() ?? {}
      expect([anchorNode, anchorOffset, focusNode, focusOffset]).toEqual([
        node,
        anchor,
        node,
        focus,
      ])
    }
  })

  it('keeps a selection that reaches from an ended block into the one that grows', async () => {
    const { say, end } = markdownChat()
    await say('# zero\n\nsome **one** and\n\n- two')
    getSelection()?.setBaseAndExtent(...placeOf('zero'), placeOf('two')[0], 2)
    const selected = getSelection()?.toString()
    expect(selected).toContain('one')

    await say(' three')
    await end('')

    expect(getSelection()?.toString()).toBe(selected)
  })
})
