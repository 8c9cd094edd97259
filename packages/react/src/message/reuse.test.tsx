import type { TurnInput } from '@fluokit/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, Message } from '../index.ts'

const agent = { agentId: 'agent' }

function setUp() {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {({ role }) => (
          <Message.Root>
            <Message.Attachments>
              {({ kind, name }) => <p>{`${kind}: ${name}`}</p>}
            </Message.Attachments>
            <Message.Parts>{() => <Message.Text />}</Message.Parts>
            <Message.Reuse data-testid={role} />
          </Message.Root>
        )}
      </ChatThread.Messages>
      <ChatThread.Edit />
      <Composer.Root>
        <Composer.Attachments>{({ name }) => <li>{name}</li>}</Composer.Attachments>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  const thread = client.thread(agent)
  return {
    ...hand,
    thread,
    answer: async (input: string | TurnInput, text: string): Promise<void> => {
      act(() => void thread.send(input))
      await hand.newest().emit(final(text))
      await hand.newest().end()
    },
  }
}

const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
const press = (element: Element | undefined): void => {
  if (element === undefined) throw new Error('There is nothing to press.')
  fireEvent.click(element)
}

describe('Message.Reuse', () => {
  it('puts the question of its own turn back, also from the answer, and gives the input the focus', async () => {
    const { answer } = setUp()
    await answer('What is one?', 'One.')
    await answer('What is two?', 'Two.')

    press(screen.getAllByTestId('assistant')[0])
    expect(input().value).toBe('What is one?')
    expect(document.activeElement).toBe(input())
    expect(input().selectionStart).toBe('What is one?'.length)
    fireEvent.change(input(), { target: { value: '' } })
    press(screen.getAllByTestId('user')[1])

    expect(input().value).toBe('What is two?')
  })

  it('is there while there is a composer to put the question into, and not rendered again as it is written in', async () => {
    let count = 0
    const counted = (): string => `reuse ${(count += 1)}`
    const renderMessage = () => <Message.Reuse className={counted} />
    const hand = handDriven()
    const client = clientOf(hand)
    const page = (hasComposer: boolean) => (
      <ChatThread.Root {...agent}>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        <ChatThread.Edit />
        {hasComposer && (
          <Composer.Root>
            <Composer.Input />
          </Composer.Root>
        )}
      </ChatThread.Root>
    )
    const { rerender } = renderWith(client, page(false))
    act(() => void client.thread(agent).send('Hi'))
    await hand.newest().fail({ code: 'upstream' })
    const names = (): readonly (string | null)[] =>
      screen.queryAllByRole('button').map(({ textContent }) => textContent)
    expect(names()).toEqual([])

    rerender(page(true))
    expect(names()).toEqual(['Use again', 'Use again', 'Edit'])
    count = 0
    fireEvent.change(input(), { target: { value: 'half a thought' } })
    expect(count).toBe(0)
    rerender(page(false))

    expect(names()).toEqual([])
  })

  it('loses nothing of what is being written', async () => {
    const { answer } = setUp()
    await answer('What is one?', 'One.')
    fireEvent.change(input(), { target: { value: 'half a thought' } })

    press(screen.getAllByTestId('user')[0])

    expect(input().value).toBe('half a thought\nWhat is one?')
  })

  it('brings files back too, and sends them as a new turn', async () => {
    const { answer, runs } = setUp()
    const asked = {
      query: 'Compare',
      documents: ['https://files.example/a.pdf?sig=secret', 'https://files.example/b.pdf'],
    }
    await answer(asked, 'They differ.')
    expect(screen.getByText('document: a.pdf')).toBeDefined()

    press(screen.getAllByTestId('user')[0])
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'a.pdf',
      'b.pdf',
    ])
    fireEvent.keyDown(input(), { key: 'Enter' })

    expect(runs.map(({ request }) => request.input)).toEqual([asked, asked])
    expect(document.body.innerHTML).not.toContain('secret')
  })
})

describe('Message.Attachments', () => {
  it('shows the same file as often as it went along, and a question of files alone without a text', async () => {
    const { answer } = setUp()

    await answer(
      {
        query: '',
        images: ['https://x.example/cat.png', 'https://x.example/cat.png'],
        audios: ['https://x.example/purr.mp3'],
      },
      'Cats.',
    )

    expect(screen.getAllByText('image: cat.png')).toHaveLength(2)
    expect(screen.getByText('audio: purr.mp3')).toBeDefined()
    expect(document.querySelectorAll('[data-part="message-text"]')).toHaveLength(1)
  })
})

describe('ChatThread.Edit', () => {
  const edit = (): HTMLElement | null => screen.queryByRole('button', { name: 'Edit' })

  it('puts a failed question back to be changed, and goes away with the next turn', async () => {
    const { thread, newest, runs } = setUp()
    act(() => void thread.send('Waht is one?'))
    expect(edit()).toBeNull()
    await newest().fail({ code: 'upstream' })

    press(edit() ?? undefined)
    expect(input().value).toBe('Waht is one?')
    expect(document.activeElement).toBe(input())
    fireEvent.change(input(), { target: { value: 'What is one?' } })
    fireEvent.keyDown(input(), { key: 'Enter' })

    expect(runs.map(({ request }) => request.input.query)).toEqual(['Waht is one?', 'What is one?'])
    expect(edit()).toBeNull()
    expect(document.activeElement).toBe(input())
  })
})
