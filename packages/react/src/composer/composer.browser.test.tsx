import { createFluoClient, memoryStorage, type FluoEvent, type Turn } from '@fluokit/core'
import { describe, expect, it, vi } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ChatThread, Composer, FluoProvider, Message } from '../index.ts'

const agent = { agentId: 'agent' }
const earlier: readonly Turn[] = [{ id: 'turn', input: { query: 'question' }, sentAt: 0, runs: [] }]

async function setUp() {
  const sent: string[] = []
  const client = createFluoClient({
    userScope: null,
    storage: memoryStorage(),
    transport: {
      async *start({ input }): AsyncGenerator<{ cursor: null; event: FluoEvent }[]> {
        sent.push(input.query)
        yield [{ cursor: null, event: { type: 'message_final', text: 'Hello' } }]
      },
    },
  })
  const onRoot = vi.fn<() => undefined>()
  const onMessage = vi.fn<() => void>()
  const page = await render(
    <FluoProvider client={client}>
      <ChatThread.Root {...agent} initialTurns={earlier}>
        <ChatThread.Viewport>
          <ChatThread.Messages>
            {() => {
              onMessage()
              return <Message.Root />
            }}
          </ChatThread.Messages>
        </ChatThread.Viewport>
        <Composer.Root className={onRoot}>
          <Composer.Input style={{ height: 100 }} />
          <Composer.Error />
          <Composer.Send />
        </Composer.Root>
      </ChatThread.Root>
    </FluoProvider>,
  )
  const input = page.getByRole('textbox', { name: 'Message' }).element() as HTMLTextAreaElement
  return { page, sent, input, onRoot, onMessage }
}

/** Tells the page of a paste; true where the browser would do it itself now. */
function paste(input: HTMLTextAreaElement, text: string): boolean {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  return input.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
  )
}

describe('Composer.Input in a browser', () => {
  it('takes a megabyte whole and refuses to send it, with one render of the root for it and for each key (F72)', async () => {
    const { page, sent, input, onRoot, onMessage } = await setUp()
    const text = `${'x'.repeat(99)}\n`.repeat(10_486)
    input.focus()
    onRoot.mockClear()
    onMessage.mockClear()

    input.setRangeText(text, 0, 0, 'end')
    input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }))
    expect(onRoot).toHaveBeenCalledTimes(1)
    for (const letter of 'abc') document.execCommand('insertText', false, letter)

    expect(onRoot).toHaveBeenCalledTimes(4)
    expect(onMessage).not.toHaveBeenCalled()
    expect(input.value === `${text}abc`).toBe(true)
    expect(input.getAttribute('aria-invalid')).toBe('true')
    await press('Enter', 13)
    expect(input.value === `${text}abc`).toBe(true)
    expect(sent).toEqual([])
    const error = document.getElementById(input.getAttribute('aria-describedby') ?? '')
    expect(error?.textContent).toBe(
      'This text has 1,048,603 characters, and at most 100,000 can be sent.',
    )
    // Shorter again: what reports on this page would write all of it down.
    input.setSelectionRange(1, input.value.length)
    document.execCommand('delete')
    expect(page.getByRole('button', { name: 'Send' }).element().ariaDisabled).toBe('false')
  })

  it('pastes a megabyte in one step and one direction, in the place of what is selected (F72)', async () => {
    const { input, onRoot } = await setUp()
    const text = 'short line\n'.repeat(95_000)
    await userEvent.type(input, 'before, selected, after')
    input.setSelectionRange(8, 16)
    onRoot.mockClear()

    expect(paste(input, text)).toBe(false)

    expect(onRoot).toHaveBeenCalledTimes(1)
    expect(input.value === `before, ${text}, after`).toBe(true)
    expect(input.selectionStart).toBe(8 + text.length)
    // A direction of each line's own is what freezes Chromium.
    expect(input.dir).toBe('ltr')
    input.select()
    document.execCommand('delete')
    expect(input.dir).toBe('auto')
  })

  it('pastes nothing where nothing can be written', async () => {
    const { input } = await setUp()
    input.readOnly = true

    expect(paste(input, 'x'.repeat(30_000))).toBe(true)
    expect(input.value).toBe('')
  })

  it('leaves a small paste to the browser, which can undo it', async () => {
    const { input } = await setUp()

    expect(paste(input, 'a few words')).toBe(true)
    expect(input.value).toBe('')
  })

  it('takes one Enter out of Japanese for the candidate, and the next one for sending (F71)', async () => {
    const { sent, input } = await setUp()
    input.focus()
    await compose('に')
    await compose('にほん')

    await press('Process', 229)
    await commit('日本')
    await release()
    expect(input.value).toBe('日本')
    expect(sent).toEqual([])
    await press('Enter', 13)
    await release()

    await expect.poll(() => sent).toEqual(['日本'])
    expect(input.value).toBe('')
  })

  it.each(['once', 'twice'])(
    'takes one Enter out of Korean for the syllable and for sending, told %s',
    async (told) => {
      const { sent, input } = await setUp()
      input.focus()
      await compose('하')
      await compose('한')
      await commit('한')
      await compose('그')
      await compose('글')

      await press('Process', 229)
      await commit('글')
      if (told === 'twice') await press('Enter', 13)
      await release()

      await expect.poll(() => sent).toEqual(['한글'])
      expect(input.value).toBe('')
      await compose('다')
      expect(input.value).toBe('다')
      await commit('다')
      expect(sent).toEqual(['한글'])
    },
  )
})

describe('Composer.Send in a browser', () => {
  it('hands its focus to the input where a style sheet shows Stop in its place (A11y 13)', async () => {
    const { page, sent, input } = await setUp()
    const style = document.createElement('style')
    style.textContent = `[data-running] [data-part='composer-send'] { display: none }`
    input.after(style)
    await userEvent.fill(input, 'Hi')

    await userEvent.click(page.getByRole('button', { name: 'Send' }))

    expect(sent).toEqual(['Hi'])
    expect(document.activeElement).toBe(input)
  })
})

interface Devtools {
  send(method: string, parameters: object): Promise<unknown>
}

/** The types of the protocol are those of the provider, which a test file does not load. */
const devtools = (): Devtools => cdp() as Devtools

async function compose(text: string): Promise<void> {
  const { length } = text
  await devtools().send('Input.imeSetComposition', {
    text,
    selectionStart: length,
    selectionEnd: length,
  })
}

async function commit(text: string): Promise<void> {
  await devtools().send('Input.insertText', { text })
}

async function press(key: string, windowsVirtualKeyCode: number): Promise<void> {
  const what =
    key === 'Enter' ? ({ type: 'keyDown', text: '\r' } as const) : { type: 'rawKeyDown' as const }
  await devtools().send('Input.dispatchKeyEvent', {
    ...what,
    key,
    code: 'Enter',
    windowsVirtualKeyCode,
  })
}

async function release(): Promise<void> {
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 }
  await devtools().send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter })
}
