import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, Message } from '../index.ts'

const agent = { agentId: 'agent' }

function setUp(children: ReactNode) {
  const hand = handDriven()
  const client = clientOf(hand)
  const page = renderWith(client, <ChatThread.Root {...agent}>{children}</ChatThread.Root>)
  const thread = client.thread(agent)
  return { ...hand, ...page, thread, user: userEvent.setup() }
}

const box = (name: string): HTMLTextAreaElement => screen.getByRole('textbox', { name })

function Named({
  name,
  children,
}: {
  readonly name: string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <Composer.Root>
      {children}
      <Composer.Input aria-label={name} />
    </Composer.Root>
  )
}

describe('two composers of one thread', () => {
  it('send what stands in the one where Enter was pressed, and share the draft', async () => {
    const { user, runs } = setUp(
      <>
        <Named name="One" />
        <Named name="Two" />
      </>,
    )

    await user.type(box('One'), 'hello')
    expect(box('Two').value).toBe('hello')
    await user.keyboard('{Enter}')

    expect(runs.map(({ request }) => request.input.query)).toEqual(['hello'])
    expect(document.activeElement).toBe(box('One'))
  })

  it('leave Reuse the one that stays when the other goes', async () => {
    function Page(): ReactNode {
      const [hasTwo, setHasTwo] = useState(true)
      return (
        <>
          <ChatThread.Messages>{() => <Message.Reuse />}</ChatThread.Messages>
          <Named name="One" />
          {hasTwo && <Named name="Two" />}
          <button onClick={() => setHasTwo(false)}>Close</button>
        </>
      )
    }
    const { user, thread, newest } = setUp(<Page />)
    act(() => void thread.send('asked'))
    await newest().emit(final('answered'))
    await user.click(screen.getByRole('button', { name: 'Close' }))

    await user.click(screen.getAllByRole('button', { name: 'Use again' })[0] as Element)

    expect(box('One').value).toBe('asked')
    expect(document.activeElement).toBe(box('One'))
  })
})

describe('what stands in a composer or a log through a portal or in a layer', () => {
  function InPortal({ children }: { readonly children: ReactNode }): ReactNode {
    return createPortal(children, document.body)
  }

  it('keeps its Escape while a run is open', async () => {
    const { thread, newest } = setUp(
      <>
        <ChatThread.Viewport>
          <dialog open>
            <button>in a dialog</button>
          </dialog>
        </ChatThread.Viewport>
        <Named name="Message">
          <InPortal>
            <button>in a portal</button>
          </InPortal>
        </Named>
      </>,
    )
    act(() => void thread.send('Hi'))
    await newest().emit(delta('x'))

    for (const name of ['in a dialog', 'in a portal']) {
      const isUntouched = fireEvent.keyDown(screen.getByRole('button', { name }), { key: 'Escape' })
      expect(isUntouched).toBe(true)
    }
    expect(newest().signal.aborted).toBe(false)

    fireEvent.keyDown(box('Message'), { key: 'Escape' })
    expect(newest().signal.aborted).toBe(true)
  })

  it('sends nothing with a form of its own', async () => {
    const { user, runs } = setUp(
      <Named name="Message">
        <InPortal>
          <form aria-label="Other" onSubmit={(event) => event.preventDefault()}>
            <button>Save</button>
          </form>
        </InPortal>
      </Named>,
    )
    await user.type(box('Message'), 'a draft')

    await user.click(screen.getByRole('button', { name: 'Save' }))

    expect(runs).toHaveLength(0)
    expect(box('Message').value).toBe('a draft')
  })
})

describe('the focus', () => {
  it('stays where the person put it after something in the composer has gone', async () => {
    function Page(): ReactNode {
      const [isOpen, setOpen] = useState(true)
      return (
        <>
          <Named name="Message">{isOpen && <button>Menu</button>}</Named>
          <button onFocus={() => setOpen(false)}>Elsewhere</button>
        </>
      )
    }
    const { thread, newest } = setUp(<Page />)
    act(() => screen.getByRole('button', { name: 'Menu' }).focus())
    act(() => screen.getByRole('button', { name: 'Elsewhere' }).focus())

    act(() => void thread.send('Hi'))
    await newest().emit(delta('x'))

    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Elsewhere' }))
  })
})

describe('a refusal', () => {
  it('is heard, by the announcer of the thread', async () => {
    const { user } = setUp(
      <Composer.Root maxLength={3}>
        <Composer.Input />
      </Composer.Root>,
    )

    await user.type(box('Message'), 'four{Enter}')

    const heard = document.querySelector('[data-part="chat-thread-announcer"] [aria-live]')
    await waitFor(() => expect(heard?.textContent).toContain('4 characters'))
  })
})

describe('a control with an icon for a child', () => {
  it('has its name from the labels, and one with words has them (A11y 26)', async () => {
    const icon = <svg aria-hidden="true" />
    const { thread, newest } = setUp(
      <>
        <ChatThread.Retry>{icon}</ChatThread.Retry>
        <ChatThread.Edit>
          {icon}
          Change it
        </ChatThread.Edit>
        <Composer.Root>
          <Composer.Input />
          <Composer.Stop>{icon}</Composer.Stop>
          <Composer.Send>{icon}</Composer.Send>
        </Composer.Root>
      </>,
    )
    act(() => void thread.send('Hi'))
    await newest().fail({ code: 'upstream' })

    for (const name of ['Retry', 'Change it', 'Stop', 'Send']) {
      expect(screen.getByRole('button', { name })).toBeDefined()
    }
  })
})

describe('Composer.Send', () => {
  it('sends without a form around it, too', async () => {
    const { user, runs } = setUp(
      <Composer.Root render={<div />}>
        <Composer.Input />
        <Composer.Send />
      </Composer.Root>,
    )
    await user.type(box('Message'), 'Hi')

    await user.click(screen.getByRole('button', { name: 'Send' }))

    expect(runs).toHaveLength(1)
  })
})
