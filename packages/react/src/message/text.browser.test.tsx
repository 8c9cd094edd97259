import {
  createFluoClient,
  memoryStorage,
  type FluoClient,
  type FluoEvent,
  type Turn,
} from '@fluokit/core'
import { useEffect, type ReactNode } from 'react'
import { hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { ChatThread, FluoProvider, Message } from '../index.ts'

const nasty = '\nfirst\r\nsecond\rthird\n\n\u202eright to left\u202c שלום\n<b>&amp;</b>\n'

function turnOf(chunks: readonly string[]): Turn {
  return {
    id: 'turn',
    input: { query: '\r\n  a\rquestion ' },
    sentAt: 0,
    runs: [
      {
        id: 'run',
        end: 'done',
        error: null,
        messages: [
          {
            id: 'run:0',
            isFinal: true,
            parts: [
              { type: 'text', id: 'text', chunks },
              {
                type: 'tool-call',
                id: 'call',
                name: 'sum',
                status: 'failed',
                input: '\ninput',
                output: 'out\r\nput',
                error: '\nerror',
              },
              { type: 'unknown', id: 'unknown', event: 'x', raw: '\n\r\nraw' },
            ],
          },
        ],
      },
    ],
  }
}

/** Events that a test puts on the line, one read each. */
function lineOf(): { readonly client: FluoClient; readonly say: (event: FluoEvent) => void } {
  const line = new TransformStream<FluoEvent, FluoEvent>()
  const writer = line.writable.getWriter()
  const client = createFluoClient({
    userScope: null,
    storage: memoryStorage(),
    transport: {
      async *start() {
        for await (const event of line.readable) yield [{ cursor: null, event }]
      },
    },
  })
  return { client, say: (event) => void writer.write(event) }
}

const newClient = (): FluoClient => lineOf().client

function chunksOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/)
}

describe('Message.Text', () => {
  it('is copied as it is written: one line end for each line end', async () => {
    const client = newClient()
    const text = 'if (a) {\n  b()\n\n}\nend'
    const screen = await render(
      <FluoProvider client={client}>
        <ChatThread.Root agentId="agent" initialTurns={[turnOf(chunksOf(text))]}>
          <ChatThread.Messages>
            {(message) =>
              message.role === 'assistant' && (
                <Message.Parts>
                  {(part) => part.type === 'text' && <Message.Text data-testid="text" />}
                </Message.Parts>
              )
            }
          </ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>,
    )
    const element = screen.getByTestId('text').element() as HTMLElement
    getSelection()?.selectAllChildren(element)

    expect(element.textContent).toBe(text)
    expect(getSelection()?.toString()).toBe(text)
  })

  it('keeps text that runs the other way to itself, to the character (F32)', async () => {
    const hostile = '\u202e\u2067 abc שלום \u202b'
    const measure = async (text: string): Promise<{ text: string | null; left: number }> => {
      const page = await render(
        <FluoProvider client={newClient()}>
          <ChatThread.Root agentId="agent" initialTurns={[turnOf([text])]}>
            <ChatThread.Messages>
              {(message) =>
                message.role === 'assistant' && (
                  <Message.Parts>
                    {(part) =>
                      part.type === 'text' && (
                        <>
                          <Message.Text data-testid="text" />
                          <span data-testid="beside">12:30 (Copy)</span>
                        </>
                      )
                    }
                  </Message.Parts>
                )
              }
            </ChatThread.Messages>
          </ChatThread.Root>
        </FluoProvider>,
      )
      const words = page.getByTestId('beside').element().firstChild as Text
      const range = document.createRange()
      range.setStart(words, 7)
      range.setEnd(words, 11)
      const { left } = range.getBoundingClientRect()
      const { textContent } = page.getByTestId('text').element()
      await page.unmount()
      return { text: textContent, left }
    }

    const plain = await measure('abc')

    expect(await measure(hostile)).toEqual({ text: hostile, left: plain.left })
  })

  it('changes nothing on the page but the line that grows', async () => {
    const { client, say } = lineOf()
    const page = await render(
      <FluoProvider client={client}>
        <ChatThread.Default agentId="agent" initialTurns={[turnOf(['earlier'])]} />
      </FluoProvider>,
    )
    void client.thread({ agentId: 'agent' }).send('Hi')
    const settledLines = Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join('')
    say({ type: 'message_delta', text: `${settledLines}grow` })
    await expect.element(page.getByText('grow')).toBeVisible()
    const log = page.getByRole('log').element()
    const line = page.getByText('grow').element()
    const changed = new Set<Node>()
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.add(target)
    })
    observer.observe(log, { subtree: true, childList: true, characterData: true, attributes: true })

    for (const text of ['s a', ' word', ' at a time']) say({ type: 'message_delta', text })
    await expect.element(page.getByText('grows a word at a time')).toBeVisible()

    expect([...changed].map((node) => (node instanceof Text ? node.parentNode : node))).toEqual([
      line,
    ])
    changed.clear()
    say({ type: 'message_delta', text: '\nnext' })
    await expect.element(page.getByText('next')).toBeVisible()
    observer.disconnect()

    const touched = [...changed].map((node) => (node instanceof Text ? node.parentNode : node))
    expect(new Set(touched)).toEqual(new Set([line, line.parentNode]))
  })

  it('hydrates any text without a mismatch', async () => {
    const page = (): ReactNode => (
      <FluoProvider client={newClient()}>
        <ChatThread.Default agentId="agent" initialTurns={[turnOf(chunksOf(nasty))]} />
      </FluoProvider>
    )
    const container = document.createElement('div')
    document.body.append(container)
    container.innerHTML = renderToString(page())
    const complaints = vi.spyOn(console, 'error')
    const recovered = vi.fn<(error: unknown) => void>()

    const root = await new Promise<Root>((resolve) => {
      function Mounted(): ReactNode {
        useEffect(() => void setTimeout(() => resolve(hydrated)), [])
        return page()
      }
      const hydrated = hydrateRoot(container, <Mounted />, { onRecoverableError: recovered })
    })

    expect(recovered).not.toHaveBeenCalled()
    expect(complaints).not.toHaveBeenCalled()
    expect(container.textContent).toContain('second')
    root.unmount()
    container.remove()
  })
})
