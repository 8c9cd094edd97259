import { textOf, type FluoEvent, type Part, type Turn } from '@fluokit/core'
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { Profiler, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, framesByHand, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, FluoProvider, Message } from '../index.ts'

/** How many elements were made since a test looked last: what renders makes some, what is compared and left makes none. */
let elements = 0
vi.mock('react/jsx-dev-runtime', async (load) => {
  const runtime = await load<{ readonly jsxDEV: (...args: readonly unknown[]) => unknown }>()
  return {
    ...runtime,
    jsxDEV(...args: readonly unknown[]) {
      elements += 1
      return runtime.jsxDEV(...args)
    },
  }
})

const agent = { agentId: 'agent' }

/** Not by role, which takes seconds among hundreds. */
const articles = (): readonly Element[] => [...document.querySelectorAll('article')]

function turnOf(index: number): Turn {
  const parts: readonly Part[] = [
    { type: 'thinking', id: `think-${index}`, chunks: ['hm\n', 'hm'] },
    { type: 'tool-call', id: `call-${index}`, name: 'sum', status: 'done' },
    { type: 'text', id: `text-${index}`, chunks: ['answer\n', `${index}`] },
  ]
  const messages = [{ id: `run-${index}:0`, isFinal: true, parts }]
  return {
    id: `turn-${index}`,
    input: { query: `question ${index}` },
    sentAt: index,
    runs: [{ id: `run-${index}`, end: 'done', error: null, messages }],
  }
}

const turnsOf = (count: number): readonly Turn[] =>
  Array.from({ length: count }, (_, index) => turnOf(index))

const plain = (
  <ChatThread.Messages>
    {() => (
      <article>
        <Message.Parts>{(part) => part.type === 'text' && <Message.Text />}</Message.Parts>
      </article>
    )}
  </ChatThread.Messages>
)

/** A page that shows messages by code of its own. */
function reading(turns: readonly Turn[]): ReactNode {
  return (
    <ChatThread.Root {...agent} initialTurns={turns}>
      <ChatThread.Messages>
        {(message) => (
          <article>{message.role === 'user' ? message.input.query : textOf(message)}</article>
        )}
      </ChatThread.Messages>
    </ChatThread.Root>
  )
}

/** A page whose thread has had these turns, and whose run has begun to answer. */
async function streaming(turns: readonly Turn[], page: ReactNode = plain, labels = {}) {
  const hand = handDriven()
  const frames = framesByHand()
  const client = clientOf({ ...hand, schedule: frames.schedule })
  const thread = client.thread({ ...agent, initialTurns: turns })
  renderWith(
    client,
    <FluoProvider client={client} labels={labels}>
      {page === plain ? <ChatThread.Root thread={thread}>{page}</ChatThread.Root> : page}
    </FluoProvider>,
  )
  act(() => void client.thread(agent).send('Hi'))
  await hand.newest().emit(delta('One'))
  await frames.next() // that the run has begun
  await frames.next()
  return {
    /** One frame in which these events have come. */
    async frame(...events: readonly FluoEvent[]) {
      await hand.newest().emit(...events)
      await frames.next()
    },
  }
}

/** How many elements the frame makes in which an answer of so many lines grows, under so many turns. */
async function costOf(turns: number, lines: number, page?: ReactNode): Promise<number> {
  const chat = await streaming(turnsOf(turns), page)
  expect(articles()).toHaveLength(2 * turns + 2)
  await chat.frame(delta('\nline'.repeat(lines)))
  elements = 0
  await chat.frame(delta(' grows'))
  const cost = elements
  expect(articles().at(-1)?.textContent).toContain('line grows')
  cleanup()
  return cost
}

describe('ChatThread.Messages, what a frame of an answer costs', () => {
  it('is nothing that renders, under 500 messages as under none', async () => {
    expect(await costOf(0, 1)).toBe(0)
    expect(await costOf(250, 1)).toBe(0)
  }, 20_000)

  it('is nothing that renders after 1,000 lines', async () => {
    expect(await costOf(0, 1000)).toBe(0)
  })

  it('is as much under 500 messages as under none where the app reads the text itself', async () => {
    const alone = await costOf(0, 1, reading([]))

    expect(alone).toBeGreaterThan(1)
    expect(await costOf(250, 1, reading(turnsOf(250)))).toBe(alone)
  }, 20_000)
})

describe('ChatThread.Root', () => {
  it('commits at most once for what a frame paints, from the first event on', async () => {
    const hand = handDriven()
    const frames = framesByHand()
    const client = clientOf({ ...hand, schedule: frames.schedule })
    const thread = client.thread(agent)
    let commits = 0
    const onRender = (): void => void (commits += 1)
    renderWith(
      client,
      <Profiler id="chat" onRender={onRender}>
        <ChatThread.Root thread={thread}>{plain}</ChatThread.Root>
      </Profiler>,
    )
    act(() => void thread.send('Hi'))
    await frames.next()
    const burstsOf = (callId: string): readonly (readonly FluoEvent[])[] => [
      [{ type: 'run_start' }],
      [delta('One')],
      [delta(' line'), { type: 'tool_start', callId }],
      [{ type: 'tool_end', callId }, delta('Two')],
    ]
    const perFrame: number[] = []
    for (let frame = 0; frame < 4; frame += 1) {
      commits = 0
      for (const burst of burstsOf(`call-${frame}`)) await hand.newest().emit(...burst)
      await frames.next()
      perFrame.push(commits)
    }
    await frames.next()

    expect(perFrame).toEqual([1, 1, 1, 1])
    expect(articles().at(-1)?.textContent).toContain('Two')
  })
})

describe('ChatThread.Default', () => {
  it('renders as much for a frame under 20 messages as under none', async () => {
    const whole = <ChatThread.Default {...agent} initialTurns={turnsOf(10)} />

    expect(await costOf(10, 1, whole)).toBe(await costOf(0, 1, <ChatThread.Default {...agent} />))
  })

  it('tells the moment of a message once, however long it grows', async () => {
    const moment = vi.fn<(at: number) => string>(() => 'noon')
    const chat = await streaming([], <ChatThread.Default {...agent} />, { moment })
    moment.mockClear()

    for (let frame = 0; frame < 5; frame += 1) await chat.frame(delta(' more'))

    expect(articles().at(-1)?.textContent).toContain('One more more')
    expect(moment).not.toHaveBeenCalled()
  })
})

describe('Composer.Root, what a keystroke costs', () => {
  it('is as much under 200 messages and with files as in an empty chat', async () => {
    const keystroke = async (turns: number, files: number): Promise<number> => {
      const client = clientOf(handDriven())
      const thread = client.thread({ ...agent, initialTurns: turnsOf(turns) })
      const documents = Array.from({ length: files }, (_, index) => ({
        name: `${index}.pdf`,
        mediaType: 'application/pdf',
        size: 1,
        ref: `ref-${index}`,
      }))
      renderWith(
        client,
        <ChatThread.Root thread={thread}>
          {plain}
          <Composer.Root>
            <Composer.Attachments>{({ name }) => <span>{name}</span>}</Composer.Attachments>
            <Composer.Input />
            <Composer.Send />
          </Composer.Root>
        </ChatThread.Root>,
      )
      await act(async () => thread.setDraft({ query: 'a', documents }))
      expect(document.querySelectorAll('form span')).toHaveLength(files)
      elements = 0
      fireEvent.change(screen.getByRole('textbox'), { target: { value: 'ab' } })
      const cost = elements
      expect(thread.draft.getState()).toMatchObject({ query: 'ab' })
      cleanup()
      return cost
    }

    const alone = await keystroke(0, 1)

    expect(alone).toBeGreaterThan(0)
    expect(await keystroke(100, 1)).toBe(alone)
    // The list tells each file anew; what an application renders for it is left.
    expect(await keystroke(0, 5)).toBe(alone + 4)
  })
})
