import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { partNamed, settled } from '../../test/chat.tsx'
import { markdownChat, shownMarkdown } from '../../test/markdown-chat.tsx'
import type { MarkdownTextProps } from './index.ts'

function clipboardThat(writeText: (text: string) => Promise<void>): void {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as Clipboard)
}

describe('Markdown.Text', () => {
  it('resolves a reference whose definition comes blocks later', async () => {
    const { say, end } = markdownChat()
    await say('See [the docs].\n\nMore text.\n\n')
    expect(screen.queryByRole('link')).toBeNull()

    await end('See [the docs].\n\nMore text.\n\n[The docs]: https://docs.example')

    expect(screen.getByRole('link', { name: 'the docs' }).getAttribute('href')).toBe(
      'https://docs.example/',
    )
  })

  it('says where it grows while it does, on its last block', async () => {
    const { say, end } = markdownChat()
    const carets = () =>
      [...document.querySelectorAll('[data-caret]')].map(({ localName, textContent }) => [
        localName,
        textContent,
      ])
    await say('# One\n\ntext')
    expect(partNamed('markdown-text')?.dataset['growing']).toBe('')
    expect(carets()).toEqual([['p', 'text']])
    await say('\n\n- a\n- b')
    expect(carets()).toEqual([['li', 'b']])
    await say('\n\n> c')
    expect(carets()).toEqual([['p', 'c']])
    await say('\n\n```\nd')
    expect(carets()).toEqual([['code', 'd']])
    await say('\n```\n\n| e | f |\n|---|---|\n| g |')
    expect(carets()).toEqual([['td', 'g']])

    await end('')

    expect(carets()).toEqual([])
    expect(partNamed('markdown-text')?.dataset['growing']).toBeUndefined()
  })

  it('keeps the nodes of blocks, items, rows and lines that have ended', async () => {
    const { say } = markdownChat()
    const lines = 'line\n'.repeat(40)
    await say(`# One\n\ntext\n\n- a\n- b\n- c\n\n| h |\n|---|\n| 1 |\n| 2 |\n\n\`\`\`\n${lines}`)
    await say('last')
    const nodes = () => [
      ...document.querySelectorAll('[data-part=markdown-text] :is(h4, p, li, td, pre, code)'),
    ]
    const before = nodes()
    const [first, ...others] = document.querySelector('pre code')?.childNodes ?? []
    await say(' line grows\n```\n\nand more')

    expect(before.length).toBeGreaterThan(8)
    expect(nodes().slice(0, before.length)).toEqual(before)
    expect(before.every((node, index) => nodes()[index] === node)).toBe(true)
    expect(others).toHaveLength(1)
    expect(document.querySelector('pre code')?.firstChild).toBe(first)
  })

  it('takes the place of the text in thinking too', async () => {
    const { think, say } = markdownChat()
    await think('I *think*')
    expect(partNamed('thinking-panel')?.querySelector('em')?.textContent).toBe('think')
    expect(document.querySelectorAll('[data-caret]')).toHaveLength(1)

    await say('So')

    expect(document.querySelector('[data-caret]')?.textContent).toBe('So')
  })

  it('copies a block of code and nothing around it, and says so', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    clipboardThat(writeText)
    await shownMarkdown('```sh\nnpm test\n\nls\n```')
    const button = screen.getByRole<HTMLInputElement>('button', { name: 'Copy code' })

    fireEvent.click(button)
    await settled()

    expect(writeText.mock.calls).toEqual([['npm test\n\nls']])
    expect(button.value).toBe('Copied')
    expect(button.dataset['copied']).toBe('')
    const heard = document.querySelector('[data-part="chat-thread-announcer"] [aria-live]')
    await waitFor(() => expect(heard?.textContent).toBe('Copied'))
  })

  it('says that code could not be copied', async () => {
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as unknown as Clipboard)
    await shownMarkdown('```\nx\n```')

    fireEvent.click(screen.getByRole('button', { name: 'Copy code' }))
    await settled()

    expect(screen.getByRole('button', { name: 'Could not copy' }).dataset['failed']).toBe('')
  })

  it('lets a highlighter of the app render code, which is told whether more may come', async () => {
    const renderCode = vi.fn<NonNullable<MarkdownTextProps['renderCode']>>(({ code, language }) => (
      <samp>
        {language}: {code}
      </samp>
    ))
    const { say } = markdownChat({ renderCode })
    await say('```TSX title="x"\n<a>\n')
    expect(renderCode.mock.lastCall).toEqual([{ code: '<a>', language: 'TSX', isOpen: true }])

    await say('</a>\n```\n')

    expect(renderCode.mock.lastCall).toEqual([
      { code: '<a>\n</a>', language: 'TSX', isOpen: false },
    ])
    expect(document.querySelector('samp')?.textContent).toBe('TSX: <a>\n</a>')
    expect(document.querySelector('pre')).toBeNull()
    expect(screen.getByRole('button', { name: 'Copy code' })).toBeDefined()
  })

  it('leaves the source to Message.Copy', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    clipboardThat(writeText)
    await shownMarkdown('Some **bold** words')

    fireEvent.click(screen.getAllByRole('button', { name: 'Copy' }).at(-1) as HTMLElement)
    await settled()

    expect(writeText.mock.calls).toEqual([['Some **bold** words']])
  })
})
