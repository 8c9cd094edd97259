import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-react'
import { PartAround } from '../../test/part-around.tsx'
import { Markdown } from './index.ts'

function Text({ text }: { readonly text: string }): ReactNode {
  return (
    <PartAround part={{ type: 'text', id: 'part', chunks: text.split(/(?<=\n)/) }}>
      <Markdown.Text data-testid="text" />
    </PartAround>
  )
}

describe('Markdown.Text', () => {
  it('is copied as what it shows, without its marks', async () => {
    const markup =
      '## A *heading*\n\nText with `code` and\na [link](https://a.example).\n\n- one\n- **two**\n\n```ts\nif (a) {\n  b()\n\n}\n```\n\nend'
    const screen = await render(<Text text={markup} />)
    getSelection()?.selectAllChildren(screen.getByTestId('text').element())

    expect(getSelection()?.toString()).toBe(
      'A heading\nText with code and a link.\n\none\ntwo\nts\nif (a) {\n  b()\n\n}\nend',
    )
  })

  it('lets keys scroll a table and a block of code that are wider than the page', async () => {
    const wide = 'x'.repeat(2_000)
    const screen = await render(
      <div style={{ width: '200px' }}>
        <style>{'[data-part=markdown-table], pre { overflow-x: auto }'}</style>
        <Text text={`| a |\n|---|\n| ${wide} |\n\n\`\`\`\n${wide}\n\`\`\``} />
      </div>,
    )
    for (const name of ['Table', 'Code']) {
      const element = screen.getByRole('group', { name }).element() as HTMLElement
      element.focus()
      expect(document.activeElement).toBe(element)
      expect(element.scrollWidth).toBeGreaterThan(element.clientWidth)
    }
  })
})
