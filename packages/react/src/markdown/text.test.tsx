import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, partNamed, renderWith, settled } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, FluoProvider, Message, Thinking } from '../index.ts'
import { Markdown, type MarkdownTextProps } from './index.ts'

const agent = { agentId: 'agent' }

/** A chat whose answer is Markdown, and what makes it grow. */
function chat(props: MarkdownTextProps = {}) {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Viewport>
        <ChatThread.Messages>
          {({ role }) => (
            <Message.Root>
              <Message.Parts>
                {({ type }) =>
                  role === 'user' ? (
                    <Message.Text />
                  ) : type === 'thinking' ? (
                    <Thinking.Root>
                      <Thinking.Panel>
                        <Markdown.Text {...props} />
                      </Thinking.Panel>
                    </Thinking.Root>
                  ) : (
                    <Markdown.Text {...props} />
                  )
                }
              </Message.Parts>
              <Message.Actions>
                <Message.Copy />
              </Message.Actions>
            </Message.Root>
          )}
        </ChatThread.Messages>
      </ChatThread.Viewport>
      <Composer.Root>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  return {
    say: (text: string) => hand.newest().emit(delta(text)),
    think: (text: string) => hand.newest().emit({ type: 'thinking_part', text }),
    end: async (text: string) => {
      await hand.newest().emit(final(text))
      await hand.newest().end()
    },
  }
}

/** The answer whole, as it stands on the page. */
async function shown(text: string, props: MarkdownTextProps = {}): Promise<HTMLElement> {
  await chat(props).end(text)
  const element = partNamed('markdown-text')
  if (element === null) throw new Error('No Markdown is shown.')
  return element
}

function clipboardThat(writeText: (text: string) => Promise<void>): void {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as Clipboard)
}

describe('Markdown.Text', () => {
  it('shows every block as the element that means it', async () => {
    const element = await shown(
      '# One\n\nText *a* **b** ~~c~~ `d`\\\ne\n\n> quote\n\n---\n\n- x\n- y\n\n3. z\n\n```ts\nf()\n```\n\n| h |\n|:-:|\n| i |\n',
    )

    expect(element.innerHTML.replaceAll(/ (data-part|dir)="[^"]*"/g, '')).toBe(
      '<h4 data-level="1">One</h4>' +
        '<p>Text <em>a</em> <strong>b</strong> <del>c</del> <code translate="no">d</code><br>e</p>' +
        '<blockquote><p>quote</p></blockquote><hr>' +
        '<ul><li>x</li><li>y</li></ul><ol start="3"><li>z</li></ol>' +
        '<div><div><span translate="no">ts</span><input type="button" value="Copy code"></div>' +
        '<pre role="group" tabindex="0" translate="no" aria-label="Code, ts"><code>f()</code></pre></div>' +
        '<div role="group" tabindex="0" aria-label="Table"><table>' +
        '<thead><tr><th scope="col" data-align="center">h</th></tr></thead>' +
        '<tbody><tr><td data-align="center">i</td></tr></tbody></table></div>',
    )
  })

  it('names each of its elements, and gives each block the direction of its words (A11y 29)', async () => {
    const element = await shown('# שלום\n\ntext\n\n- item\n\n> quote\n\n| a |\n|---|\n| b |')
    const blocks = [...element.querySelectorAll<HTMLElement>('h4, p, ul, li, blockquote, th, td')]

    expect(blocks).toHaveLength(8)
    expect(blocks.filter(({ dir }) => dir !== 'auto')).toEqual([])
    const named = blocks.filter(({ localName }) => !/^t[hd]$/.test(localName))
    expect(named.map(({ dataset }) => dataset['part'])).toEqual([
      'markdown-heading',
      'markdown-paragraph',
      'markdown-list',
      'markdown-item',
      'markdown-quote',
      'markdown-paragraph',
    ])
  })

  it('stands its headings below the heading of its message, down to the last level there is', async () => {
    await shown('# a\n\n## b\n\n#### c')
    expect(screen.getAllByRole('heading').map(({ localName }) => localName)).toEqual([
      'h4',
      'h5',
      'h6',
    ])
  })

  it('takes the level of its first headings from an app', async () => {
    await shown('# a\n\n## b', { headingLevel: 2 })
    expect(screen.getAllByRole('heading').map(({ localName }) => localName)).toEqual(['h2', 'h3'])
  })

  it('shows paragraphs of a loose list apart, and those of a tight one in their items', async () => {
    const element = await shown('- a\n- b\n\ntext\n\n1. c\n\n2. d')

    expect([...element.querySelectorAll('li')].map(({ innerHTML }) => innerHTML)).toEqual([
      'a',
      'b',
      '<p data-part="markdown-paragraph" dir="auto">c</p>',
      '<p data-part="markdown-paragraph" dir="auto">d</p>',
    ])
  })

  it('shows tasks as signs that say what they mean, and nothing to press', async () => {
    const element = await shown('- [x] one\n- [ ] two\n- [y] three')

    expect(within(element).getByRole('img', { name: 'Done' }).textContent).toBe('☑')
    expect(within(element).getByRole('img', { name: 'To do' }).textContent).toBe('☐')
    expect(element.querySelector('input, button')).toBeNull()
    expect(element.textContent).toContain('[y] three')
  })

  it('shows raw HTML as the text that it is (T26)', async () => {
    const element = await shown('<b onclick="x()">bold</b>\n\n<div>\n\n<script>x()</script>')

    expect(element.querySelector('b, script')).toBeNull()
    expect(element.textContent).toBe('<b onclick="x()">bold</b><div><script>x()</script>')
  })

  it('links to http, https and mailto, and to nothing else (T27)', async () => {
    const element = await shown(
      '[a](https://a.example/x?y#z) [b](HTTP://b.example) [c](mailto:c@d.example) https://e.example. <https://f.example> ' +
        '[g](javascript:g()) [h](/h) [i](//i.example) [j](https://k@j.example)',
    )
    const links = within(element).getAllByRole<HTMLAnchorElement>('link')

    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      'https://a.example/x?y#z',
      'http://b.example/',
      'mailto:c@d.example',
      'https://e.example/',
      'https://f.example/',
    ])
    expect(new Set(links.map(({ rel, target }) => `${rel}, ${target}`))).toEqual(
      new Set(['noopener noreferrer nofollow, _blank']),
    )
    expect(element.textContent).toMatch(/g h i j$/)
  })

  it('shows an image as a link with its words, and fetches nothing (T27)', async () => {
    const markup =
      '![a *view*](https://a.example/x.png) ![](https://b.example) ![c](data:image/png,x)'
    const element = await shown(markup)

    expect(element.querySelector('img')).toBeNull()
    expect(
      within(element)
        .getAllByRole('link')
        .map((link) => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['a view', 'https://a.example/x.png'],
      ['Image', 'https://b.example/'],
    ])
    expect(element.textContent).toBe('a view Image c')
  })

  it('resolves a reference whose definition comes blocks later', async () => {
    const { say, end } = chat()
    await say('See [the docs].\n\nMore text.\n\n')
    expect(screen.queryByRole('link')).toBeNull()

    await end('See [the docs].\n\nMore text.\n\n[The docs]: https://docs.example')

    expect(screen.getByRole('link', { name: 'the docs' }).getAttribute('href')).toBe(
      'https://docs.example/',
    )
  })

  it('says where it grows while it does, on its last block', async () => {
    const { say, end } = chat()
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
    const { say } = chat()
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
    const { think, say } = chat()
    await think('I *think*')
    expect(partNamed('thinking-panel')?.querySelector('em')?.textContent).toBe('think')
    expect(document.querySelectorAll('[data-caret]')).toHaveLength(1)

    await say('So')

    expect(document.querySelector('[data-caret]')?.textContent).toBe('So')
  })

  it('copies a block of code and nothing around it, and says so', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    clipboardThat(writeText)
    await shown('```sh\nnpm test\n\nls\n```')
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
    await shown('```\nx\n```')

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
    const { say } = chat({ renderCode })
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

  it('says what the labels say', async () => {
    const client = clientOf(handDriven())
    const turn = {
      id: 'turn',
      input: { query: '```js\nx\n```\n\n| a |\n|---|\n\n- [ ] b\n\n![](https://a.example)' },
      sentAt: 0,
      runs: [],
    }
    render(
      <FluoProvider
        client={client}
        labels={{
          markdown: {
            code: (language) => `Programm in ${language}`,
            copyCode: 'Abschreiben',
            table: 'Tafel',
            image: 'Bild',
            taskOpen: undefined as unknown as string,
          },
        }}
      >
        <ChatThread.Root {...agent} initialTurns={[turn]}>
          <ChatThread.Messages>
            {() => <Message.Parts>{() => <Markdown.Text />}</Message.Parts>}
          </ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>,
    )

    expect(screen.getByRole('group', { name: 'Programm in js' })).toBeDefined()
    expect(screen.getByRole('button', { name: 'Abschreiben' })).toBeDefined()
    expect(screen.getByRole('group', { name: 'Tafel' })).toBeDefined()
    expect(screen.getByRole('link', { name: 'Bild' })).toBeDefined()
    expect(screen.getByRole('img', { name: 'To do' })).toBeDefined()
  })

  it('leaves the source to Message.Copy', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    clipboardThat(writeText)
    await shown('Some **bold** words')

    fireEvent.click(screen.getAllByRole('button', { name: 'Copy' }).at(-1) as HTMLElement)
    await settled()

    expect(writeText.mock.calls).toEqual([['Some **bold** words']])
  })

  it('writes no style, no raw HTML and nothing to fetch on a server', () => {
    const turn = {
      id: 'turn',
      input: {
        query: '# a\n\n<img src=x>\n\n![b](https://b.example/x.png)\n\n| c |\n|--:|\n| d |',
      },
      sentAt: 0,
      runs: [],
    }
    const html = renderToString(
      <FluoProvider client={clientOf(handDriven())}>
        <ChatThread.Root {...agent} initialTurns={[turn]}>
          <ChatThread.Messages>
            {() => <Message.Parts>{() => <Markdown.Text />}</Message.Parts>}
          </ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>,
    )
    const [, text = ''] = /data-part="markdown-text">([^]*?)<\/section>/.exec(html) ?? []

    expect(text).toContain('<h4')
    expect(text).toContain('&lt;img src=x&gt;')
    expect(html).not.toMatch(/<img|preload/)
    expect(text).not.toContain('style=')
  })
})
