import type { Thread, ThreadState, TurnInput } from '@fluokit/core'
import { act, fireEvent, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, partNamed, renderWith, takeComplaints } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import {
  ChatThread,
  Composer,
  Suggestions,
  type ChangeDetails,
  type Suggestion,
  type SuggestionsItemProps,
} from '../index.ts'

const agent = { agentId: 'agent' }
const two: readonly Suggestion[] = [
  { input: 'What is one?' },
  { label: 'Compare', input: { query: 'Compare them', documents: ['https://x.example/a.pdf'] } },
]

function setUp(children: ReactNode, options: { readonly whenBusy?: 'queue' } = {}) {
  const hand = handDriven()
  const client = clientOf(hand)
  const view = renderWith(
    client,
    <ChatThread.Root {...agent} {...options}>
      <ChatThread.Viewport>
        <ChatThread.Messages>{() => null}</ChatThread.Messages>
      </ChatThread.Viewport>
      {children}
      <Composer.Root>
        <Composer.Attachments>{({ name }) => <p>{name}</p>}</Composer.Attachments>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  return { ...hand, ...view, thread: client.thread(agent) }
}

const asked = ({ runs }: ReturnType<typeof handDriven>): readonly TurnInput[] =>
  runs.map(({ request }) => request.input)
const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
const names = (): readonly (string | null)[] =>
  screen.queryAllByRole('button').map(({ textContent }) => textContent)
const button = (name: string): HTMLElement => screen.getByRole('button', { name })

/** As a pointer does it; a keyboard's press has no detail. */
const press = (name: string): void => {
  button(name).focus()
  fireEvent.click(button(name), { detail: 1 })
}
const pressByKey = (name: string): void => {
  button(name).focus()
  fireEvent.click(button(name), { detail: 0 })
}

describe('Suggestions.Root', () => {
  it('is a list with a name, of a button for each suggestion, and nothing without one', () => {
    const { rerender } = setUp(<Suggestions.Root suggestions={two} />)
    expect(screen.getByRole('list', { name: 'Suggestions' }).children).toHaveLength(2)
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'What is one?',
      'Compare',
    ])

    rerender(
      <ChatThread.Root {...agent}>
        <Suggestions.Root suggestions={[]} />
      </ChatThread.Root>,
    )

    expect(screen.queryByRole('list')).toBeNull()
  })

  it('shows them before the first turn, or under an answer that is there, as `when` says', async () => {
    const { thread, newest } = setUp(
      <>
        <Suggestions.Root suggestions={[{ input: 'always' }]} />
        <Suggestions.Root suggestions={[{ input: 'empty' }]} when="empty" />
        <Suggestions.Root suggestions={[{ input: 'settled' }]} when="settled" />
      </>,
    )
    expect(names()).toEqual(['always', 'empty'])

    act(() => void thread.send('Hi'))
    await newest().emit(delta('He'))
    expect(names()).toEqual(['always'])
    await newest().emit(final('Hello'))
    await newest().end()
    expect(names()).toEqual(['always', 'settled'])
    act(() => void thread.send('Hi'))
    await newest().fail({ code: 'upstream' })
    expect(names()).toEqual(['always'])
    act(() => thread.reset())

    expect(names()).toEqual(['always', 'empty'])
  })

  it('waits with both until it is known what is remembered', () => {
    const { transport } = handDriven()
    const client = clientOf({ transport })
    const store = client.thread(agent).store
    const state: ThreadState = { ...store.getState(), isRestoring: true }
    const thread: Thread = {
      ...client.thread(agent),
      store: { ...store, getState: () => state, getInitialState: () => state },
    }
    renderWith(
      client,
      <ChatThread.Root thread={thread}>
        <Suggestions.Root suggestions={two} when="empty" />
        <Suggestions.Root suggestions={two} when="settled" />
      </ChatThread.Root>,
    )

    expect(names()).toEqual([])
  })

  it('makes them of the state when a run begins or ends, and not with a delta', async () => {
    const made: (readonly [status: string, turns: number])[] = []
    const ofState = ({ status, turns }: ThreadState): readonly Suggestion[] => {
      made.push([status, turns.length])
      return turns.map(({ input: { query } }) => ({ input: `More of ${query}` }))
    }
    const { thread, newest } = setUp(<Suggestions.Root suggestions={ofState} when="settled" />)
    act(() => void thread.send('one'))
    await newest().emit(delta('a'))
    const before = made.length
    for (let count = 0; count < 20; count += 1) await newest().emit(delta(' b'))
    expect(made).toHaveLength(before)
    await newest().emit(final('a'))
    await newest().end()

    expect(names()).toEqual(['More of one'])
    expect(made.at(-1)).toEqual(['ready', 1])
    expect(new Set(made.map(([status]) => status))).toEqual(new Set(['ready', 'submitted']))
  })

  it('renders no suggestion again while an answer arrives, and each twice for its run', async () => {
    let count = 0
    const renderCounted = (): ReactNode => {
      count += 1
      return <Suggestions.Item className={() => void (count += 1)} />
    }
    const page = <Suggestions.Root suggestions={two}>{renderCounted}</Suggestions.Root>
    const { thread, newest } = setUp(page)
    count = 0

    act(() => void thread.send('Hi'))
    for (let deltas = 0; deltas < 20; deltas += 1) await newest().emit(delta('a '))
    expect(count).toBe(2)
    await newest().emit(final('a'))
    await newest().end()

    expect(count).toBe(4)
  })

  it('gives the focus to the log when it goes away with it', async () => {
    const { thread, newest } = setUp(<Suggestions.Root suggestions={two} when="settled" />)
    act(() => void thread.send('Hi'))
    await newest().emit(final('Hello'))
    await newest().end()
    act(() => button('Compare').focus())

    act(() => void thread.send('And?')) // as another part of the page may do it

    expect(names()).toEqual([])
    expect(document.activeElement).toBe(screen.getByRole('log'))
  })

  it('keeps what throws to itself, and shows its words', () => {
    setUp(
      <Suggestions.Root suggestions={two}>
        {({ label }) => {
          if (label === undefined) throw new Error('This cannot be rendered.')
          return <Suggestions.Item />
        }}
      </Suggestions.Root>,
    )

    expect(takeComplaints()).toContain('This cannot be rendered.')
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'What is one?',
      'Compare',
    ])
    expect(names()).toEqual(['Compare'])
  })
})

describe('Suggestions.Item', () => {
  it('sends what it suggests, with files, and leaves what is being written alone', () => {
    const hand = setUp(<Suggestions.Root suggestions={two} />)
    fireEvent.change(input(), { target: { value: 'half a thought' } })

    press('Compare')

    expect(asked(hand)).toEqual([two[1]?.input])
    expect(input().value).toBe('half a thought')
  })

  it.each([
    ['keyboard', pressByKey, () => input()],
    ['pointer', press, () => screen.getByRole('log')],
  ])('moves the focus of a %s on', (_, pressItem, expected) => {
    setUp(<Suggestions.Root suggestions={two} when="empty" />)

    pressItem('Compare')

    expect(names()).toEqual([])
    expect(document.activeElement).toBe(expected())
  })

  it('with action="fill" goes below what is written, with its files, and sends nothing', () => {
    const { runs } = setUp(
      <Suggestions.Root suggestions={two}>
        {() => <Suggestions.Item action="fill" />}
      </Suggestions.Root>,
    )
    fireEvent.change(input(), { target: { value: 'half a thought' } })

    press('Compare')

    expect(input().value).toBe('half a thought\nCompare them')
    expect(input().selectionStart).toBe(input().value.length)
    expect(document.activeElement).toBe(input())
    expect(screen.getByText('a.pdf')).toBeDefined()
    expect(runs).toHaveLength(0)
  })

  it('with action="fill" is there only while there is a composer, and never disabled', async () => {
    const client = clientOf(handDriven())
    const items = (
      <Suggestions.Root suggestions={two}>
        {() => <Suggestions.Item action="fill" />}
      </Suggestions.Root>
    )
    const { rerender } = renderWith(client, <ChatThread.Root {...agent}>{items}</ChatThread.Root>)
    expect(names()).toEqual([])

    rerender(
      <ChatThread.Root {...agent}>
        {items}
        <Composer.Root />
      </ChatThread.Root>,
    )
    act(() => void client.thread(agent).send('Hi'))

    expect(names()).toEqual(['What is one?', 'Compare'])
    expect(button('Compare').getAttribute('aria-disabled')).toBe('false')
  })

  it('can be taken over by the app, which hears why', () => {
    const onSuggestion = vi.fn<
      (suggestion: Suggestion, details: ChangeDetails<'suggestion-press'>) => void
    >((_, details) => details.cancel())
    const { runs } = setUp(<Suggestions.Root suggestions={two} onSuggestion={onSuggestion} />)

    press('Compare')

    expect(runs).toHaveLength(0)
    expect(onSuggestion).toHaveBeenCalledTimes(1)
    expect(onSuggestion.mock.calls[0]?.[0]).toBe(two[1])
    expect(onSuggestion.mock.calls[0]?.[1]).toMatchObject({ reason: 'suggestion-press' })
    expect(onSuggestion.mock.calls[0]?.[1].event?.type).toBe('click')
  })

  it('leaves a press to a handler that has prevented it', () => {
    const prevented: Pick<SuggestionsItemProps, 'onClick'> = {
      onClick: (event) => event.preventDefault(),
    }
    const { runs } = setUp(
      <Suggestions.Root suggestions={two}>
        {() => <Suggestions.Item {...prevented} />}
      </Suggestions.Root>,
    )

    press('Compare')

    expect(runs).toHaveLength(0)
  })

  it('cannot be pressed while a run is open, says so and keeps the focus (A11y 14)', async () => {
    const { thread, newest, runs } = setUp(<Suggestions.Root suggestions={two} />)
    act(() => button('Compare').focus())
    act(() => void thread.send('Hi'))
    await newest().emit(delta('He'))

    expect(button('Compare').getAttribute('aria-disabled')).toBe('true')
    expect(document.activeElement).toBe(button('Compare'))
    press('Compare')
    expect(runs).toHaveLength(1)
    await newest().emit(final('Hello'))
    await newest().end()

    expect(button('Compare').getAttribute('aria-disabled')).toBe('false')
  })

  it('is queued while a run is open, where the thread has a queue', () => {
    const { thread } = setUp(<Suggestions.Root suggestions={two} />, { whenBusy: 'queue' })
    act(() => void thread.send('Hi'))

    press('Compare')

    expect(thread.store.getState().queued.map((turn) => turn.input)).toEqual([two[1]?.input])
  })

  it('says what is refused all the same, and nothing of what was taken back', async () => {
    vi.useFakeTimers()
    const { transport } = handDriven()
    const client = clientOf({ transport })
    const send = vi.fn<Thread['send']>()
    send.mockResolvedValueOnce({ sent: false, reason: 'canceled' })
    send.mockResolvedValueOnce({ sent: false, reason: 'another-tab' })
    renderWith(
      client,
      <ChatThread.Root thread={{ ...client.thread(agent), send }}>
        <Suggestions.Root suggestions={two} />
      </ChatThread.Root>,
    )
    const region = partNamed('chat-thread-announcer')?.querySelector('[aria-live=polite]')
    press('Compare')
    await act(() => vi.advanceTimersByTimeAsync(1000))
    expect(region?.textContent).toBe('')
    press('Compare')
    await act(() => vi.advanceTimersByTimeAsync(1000))
    vi.useRealTimers()

    expect(region?.textContent).toMatch(/answered in another tab/)
  })

  it('cannot be pressed while another tab has the thread', () => {
    const { transport } = handDriven()
    const client = clientOf({ transport })
    const thread = client.thread(agent)
    const state: ThreadState = { ...thread.store.getState(), writer: 'another-tab' }
    renderWith(
      client,
      <ChatThread.Root thread={{ ...thread, store: { ...thread.store, getState: () => state } }}>
        <Suggestions.Root suggestions={two} />
      </ChatThread.Root>,
    )

    expect(partNamed('suggestions-item')?.getAttribute('aria-disabled')).toBe('true')
  })
})
