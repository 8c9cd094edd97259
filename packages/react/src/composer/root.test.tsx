import { memoryStorage } from '@fluokit/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, Message } from '../index.ts'

const agent = { agentId: 'agent' }

function Chat({ children }: { readonly children?: ReactNode }): ReactNode {
  return (
    <ChatThread.Root {...agent}>
      {children}
      <Composer.Root aria-label="Ask">
        <Composer.Input />
        <Composer.Send />
        <Composer.Stop />
      </Composer.Root>
    </ChatThread.Root>
  )
}

function setUp(children?: ReactNode) {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(client, <Chat>{children}</Chat>)
  return { ...hand, client, thread: client.thread(agent), user: userEvent.setup() }
}

const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
const send = (): HTMLElement => screen.getByRole('button', { name: 'Send' })
const stop = (): HTMLElement => screen.getByRole('button', { name: 'Stop' })
const form = (): HTMLFormElement => screen.getByRole('form', { name: 'Ask' })

describe('Composer', () => {
  it('sends with Enter, and begins a line with Shift+Enter', async () => {
    const { user, runs } = setUp()

    await user.type(input(), 'one{Shift>}{Enter}{/Shift}two')
    expect(input().value).toBe('one\ntwo')
    expect(runs).toHaveLength(0)
    await user.keyboard('{Enter}')

    expect(runs.map(({ request }) => request.input)).toEqual([{ query: 'one\ntwo' }])
    expect(input().value).toBe('')
  })

  it('sends with the button, as a submit of its form', async () => {
    const { user, runs } = setUp()

    await user.type(input(), 'Hi')
    await user.click(send())

    expect(runs.map(({ request }) => request.input.query)).toEqual(['Hi'])
    expect(input().value).toBe('')
  })

  it.each([
    ['while it composes', { isComposing: true, keyCode: 13 }],
    ['that Safari reports after it has composed', { isComposing: false, keyCode: 229 }],
  ])('does nothing with an Enter %s', async (_, facts) => {
    const { user, runs } = setUp()
    await user.type(input(), 'にほん')

    const isDefaultKept = fireEvent.keyDown(input(), { key: 'Enter', ...facts })
    expect(isDefaultKept).toBe(true)
    expect(runs).toHaveLength(0)
    expect(input().value).toBe('にほん')

    fireEvent.keyDown(input(), { key: 'Enter', keyCode: 13 })
    expect(runs).toHaveLength(1)
  })

  it('empties the input in the task of Enter', async () => {
    const { user } = setUp()
    await user.type(input(), 'Hi')

    fireEvent.keyDown(input(), { key: 'Enter' })

    expect(input().value).toBe('')
  })

  it('starts one run for a hundred submits in one task (F70)', async () => {
    const { user, runs } = setUp()
    await user.type(input(), 'Hi')

    act(() => {
      for (let index = 0; index < 100; index += 1) form().requestSubmit()
    })
    await settled()

    expect(runs).toHaveLength(1)
    expect(input().value).toBe('')
  })

  it.each(['', ' ', '\n\n', '\u00a0\u3000'])('sends nothing for %j (F75)', async (text) => {
    const { runs } = setUp()
    fireEvent.change(input(), { target: { value: text } })

    fireEvent.keyDown(input(), { key: 'Enter' })
    act(() => form().requestSubmit())

    expect(runs).toHaveLength(0)
    expect(input().value).toBe(text)
    expect(form().hasAttribute('data-empty')).toBe(true)
    expect(screen.queryAllByRole('article')).toHaveLength(0)
  })

  it('keeps the text while a run is open, and lets the person write on', async () => {
    const { user, runs, newest } = setUp()
    await user.type(input(), 'One{Enter}')
    await newest().emit(delta('answer'))

    await user.type(input(), 'Two{Enter}')
    await user.click(send())
    fireEvent.keyDown(input(), { key: 'Enter' })
    expect(input().value).toBe('Two')
    expect(input().disabled).toBe(false)
    expect(runs).toHaveLength(1)
    await newest().emit(final('answer'))
    await newest().end()
    await user.keyboard('{Enter}')
    await user.click(input())
    await user.keyboard('{Enter}')

    expect(runs.map(({ request }) => request.input.query)).toEqual(['One', 'Two'])
  })

  it('brings a refused text back, before what was written since (F73)', async () => {
    const { user, client, runs } = setUp()
    await user.type(input(), 'Hi')
    client.dispose()

    fireEvent.keyDown(input(), { key: 'Enter' })
    fireEvent.change(input(), { target: { value: 'and more' } })
    await settled()

    expect(input().value).toBe('Hi\nand more')
    expect(runs).toHaveLength(0)
  })

  it('brings a refused text back once, however often it was submitted in one task', async () => {
    const { user, client } = setUp()
    await user.type(input(), 'Hi')
    client.dispose()

    act(() => {
      for (let index = 0; index < 3; index += 1) form().requestSubmit()
    })
    await settled()

    expect(input().value).toBe('Hi')
  })

  it('shows in attributes whether there is something to send and whether a run is open', async () => {
    const { user, newest } = setUp()
    expect(form().hasAttribute('data-empty')).toBe(true)
    expect(input().hasAttribute('data-empty')).toBe(true)
    expect(form().hasAttribute('data-running')).toBe(false)

    await user.type(input(), 'Hi')
    expect(form().hasAttribute('data-empty')).toBe(false)
    await user.keyboard('{Enter}')
    await newest().emit(delta('x'))

    expect(form().hasAttribute('data-empty')).toBe(true)
    expect(form().getAttribute('data-running')).toBe('')
  })

  it('renders no message for a keystroke', async () => {
    const onRender = vi.fn<() => void>()
    const hand = handDriven()
    const client = clientOf(hand)
    const user = userEvent.setup()
    renderWith(
      client,
      <Chat>
        <ChatThread.Messages>
          {() => {
            onRender()
            return (
              <Message.Root>
                <Message.Parts>{() => <Message.Text />}</Message.Parts>
              </Message.Root>
            )
          }}
        </ChatThread.Messages>
      </Chat>,
    )
    await user.type(input(), 'Hi{Enter}')
    await hand.newest().emit(delta('Hello'))
    onRender.mockClear()

    await user.type(input(), 'the next question')

    expect(input().value).toBe('the next question')
    expect(onRender).not.toHaveBeenCalled()
  })

  it('takes a text while the thread is still being restored', async () => {
    const storage = memoryStorage()
    let answer = (): void => undefined
    const hand = handDriven()
    const client = clientOf({
      ...hand,
      storage: {
        ...storage,
        read: () => new Promise<null>((resolve) => (answer = () => resolve(null))),
      },
    })
    renderWith(client, <Chat />)
    const user = userEvent.setup()

    await user.type(input(), 'early{Enter}')
    expect(input().value).toBe('')
    expect(hand.runs).toHaveLength(0)
    answer()
    await settled()

    expect(hand.runs.map(({ request }) => request.input.query)).toEqual(['early'])
  })
})

describe('Composer.Send', () => {
  it('is aria-disabled and stays focusable while there is nothing to send or a run is open', async () => {
    const { user, newest } = setUp()
    expect(send()).toMatchObject({ disabled: false, type: 'submit' })
    expect(send().getAttribute('aria-disabled')).toBe('true')
    act(() => send().focus())
    expect(document.activeElement).toBe(send())

    await user.type(input(), 'Hi')
    expect(send().getAttribute('aria-disabled')).toBe('false')
    expect(send().hasAttribute('data-disabled')).toBe(false)
    await user.type(input(), '{Enter}next')
    await newest().emit(delta('x'))

    expect(send().getAttribute('aria-disabled')).toBe('true')
    expect(send().hasAttribute('data-disabled')).toBe(true)
  })
})

describe('Composer.Stop', () => {
  it('is not pressed by the second click of a double click on Send (F70)', async () => {
    const { runs } = setUp()
    fireEvent.change(input(), { target: { value: 'Hi' } })
    fireEvent.click(send(), { detail: 1 })

    fireEvent.click(stop(), { detail: 2 })

    expect(runs[0]?.signal.aborted).toBe(false)
    fireEvent.click(stop(), { detail: 1 })
    expect(runs[0]?.signal.aborted).toBe(true)
  })

  it('keeps the partial text, leaves the run and is ready for the next turn (F46)', async () => {
    const { user, newest, runs, thread } = setUp(
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Parts>{() => <Message.Text />}</Message.Parts>
          </Message.Root>
        )}
      </ChatThread.Messages>,
    )
    await user.type(input(), 'One{Enter}')
    await newest().emit(delta('partial answ'))

    await user.click(stop())

    expect(screen.getByRole('article', { name: /^Assistant/ }).textContent).toBe('partial answ')
    expect(newest().signal.aborted).toBe(true)
    expect(thread.store.getState().status).toBe('ready')
    await user.type(input(), 'Two{Enter}')
    expect(runs).toHaveLength(2)
  })

  it('gives its focus to the input when the run ends', async () => {
    const { user, newest } = setUp()
    await user.type(input(), 'One{Enter}')
    await newest().emit(delta('x'))
    act(() => stop().focus())

    await newest().emit(final('x'))
    expect(document.activeElement).toBe(stop())
    await newest().end()

    expect(document.activeElement).toBe(input())
  })

  it('takes no focus from elsewhere when the run ends', async () => {
    const { user, newest } = setUp()
    await user.type(input(), 'One{Enter}')
    act(() => send().focus())

    await newest().emit(delta('x'))
    await newest().fail({ code: 'network' })

    expect(document.activeElement).toBe(send())
  })

  it('is aria-disabled and does nothing while nothing runs', async () => {
    const { user, thread } = setUp()
    const before = thread.store.getState()

    await user.click(stop())

    expect(stop().getAttribute('aria-disabled')).toBe('true')
    expect(stop().hasAttribute('data-disabled')).toBe(true)
    expect(thread.store.getState()).toBe(before)
  })
})
