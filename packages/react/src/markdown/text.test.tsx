import { render, screen, within } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { clientOf } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { shownMarkdown } from '../../test/markdown-chat.tsx'
import { ChatThread, FluoProvider, Message } from '../index.ts'
import { Markdown } from './index.ts'

const agent = { agentId: 'agent' }

describe('Markdown.Text', () => {
  it('shows every block as the element that means it', async () => {
    const element = await shownMarkdown(
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
    const element = await shownMarkdown(
      '# שלום\n\ntext\n\n- item\n\n> quote\n\n| a |\n|---|\n| b |',
    )
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
    await shownMarkdown('# a\n\n## b\n\n#### c')
    expect(screen.getAllByRole('heading').map(({ localName }) => localName)).toEqual([
      'h4',
      'h5',
      'h6',
    ])
  })

  it('takes the level of its first headings from an app', async () => {
    await shownMarkdown('# a\n\n## b', { headingLevel: 2 })
    expect(screen.getAllByRole('heading').map(({ localName }) => localName)).toEqual(['h2', 'h3'])
  })

  it('shows paragraphs of a loose list apart, and those of a tight one in their items', async () => {
    const element = await shownMarkdown('- a\n- b\n\ntext\n\n1. c\n\n2. d')

    expect([...element.querySelectorAll('li')].map(({ innerHTML }) => innerHTML)).toEqual([
      'a',
      'b',
      '<p data-part="markdown-paragraph" dir="auto">c</p>',
      '<p data-part="markdown-paragraph" dir="auto">d</p>',
    ])
  })

  it('shows tasks as signs that say what they mean, and nothing to press', async () => {
    const element = await shownMarkdown('- [x] one\n- [ ] two\n- [y] three')

    expect(within(element).getByRole('img', { name: 'Done' }).textContent).toBe('☑')
    expect(within(element).getByRole('img', { name: 'To do' }).textContent).toBe('☐')
    expect(element.querySelector('input, button')).toBeNull()
    expect(element.textContent).toContain('[y] three')
  })

  it('shows raw HTML as the text that it is (T26)', async () => {
    const element = await shownMarkdown(
      '<b onclick="x()">bold</b>\n\n<div>\n\n<script>x()</script>',
    )

    expect(element.querySelector('b, script')).toBeNull()
    expect(element.textContent).toBe('<b onclick="x()">bold</b><div><script>x()</script>')
  })

  it('links to http, https and mailto, and to nothing else (T27)', async () => {
    const element = await shownMarkdown(
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
    const element = await shownMarkdown(markup)

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
