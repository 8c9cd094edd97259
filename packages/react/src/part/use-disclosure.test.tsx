import { act, fireEvent, screen } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith } from '../../test/chat.tsx'
import { delta, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message, Thinking, ToolCall } from '../index.ts'

const agent = { agentId: 'agent' }
type RootProps = Parameters<typeof ToolCall.Root>[0]

const kinds = [
  {
    name: 'ToolCall',
    event: { type: 'tool_start', callId: 'a', name: 'sum' },
    Disclosure: (props: RootProps) => (
      <ToolCall.Root {...props}>
        <ToolCall.Trigger />
        <ToolCall.Panel />
      </ToolCall.Root>
    ),
  },
  {
    name: 'Thinking',
    event: { type: 'thinking_part', text: 'Hm' },
    Disclosure: (props: RootProps) => (
      <Thinking.Root {...(props as object)}>
        <Thinking.Trigger />
        <Thinking.Panel />
      </Thinking.Root>
    ),
  },
] as const

async function setUp({ event }: (typeof kinds)[number], children: ReactNode) {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => (
          <Message.Parts>
            {(part) => (part.type === 'tool-call' || part.type === 'thinking') && children}
          </Message.Parts>
        )}
      </ChatThread.Messages>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  await hand.newest().emit(event)
  return hand
}

const trigger = (): HTMLElement => screen.getByRole('button')
const isExpanded = (): string | null => trigger().getAttribute('aria-expanded')
const panel = (): HTMLElement | null =>
  document.getElementById(trigger().getAttribute('aria-controls') ?? '')

describe.each(kinds)('$name.Root', (kind) => {
  const { Disclosure } = kind

  it('tells its panel by aria-expanded and aria-controls, and keeps it while the answer goes on (A11y 27)', async () => {
    const { newest } = await setUp(kind, <Disclosure />)
    expect(isExpanded()).toBe('true')
    const before = panel()

    fireEvent.click(trigger())
    expect([isExpanded(), panel()?.hidden]).toEqual(['false', true])
    await newest().emit(delta('Yes'), delta(' and no'))

    expect(isExpanded()).toBe('false')
    expect(panel()).toBe(before)
  })

  it('is closed before the person decides where defaultOpen is false', async () => {
    await setUp(kind, <Disclosure defaultOpen={false} />)
    expect(isExpanded()).toBe('false')

    fireEvent.click(trigger())

    expect(isExpanded()).toBe('true')
  })

  it('is what `open` says, and tells of each press', async () => {
    const told: unknown[] = []
    function Controlled(): ReactNode {
      const [open, setOpen] = useState(false)
      return (
        <Disclosure
          open={open}
          onOpenChange={(next, { reason, event }) => {
            told.push([next, reason, event?.type])
            if (told.length > 1) setOpen(next)
          }}
        />
      )
    }
    await setUp(kind, <Controlled />)

    fireEvent.click(trigger())
    expect(isExpanded()).toBe('false')
    fireEvent.click(trigger())
    expect(isExpanded()).toBe('true')

    expect(told).toEqual([
      [true, 'trigger-press', 'click'],
      [true, 'trigger-press', 'click'],
    ])
  })

  it('stays as it is when the change is canceled', async () => {
    await setUp(kind, <Disclosure onOpenChange={(_, { cancel }) => cancel()} />)

    fireEvent.click(trigger())

    expect(isExpanded()).toBe('true')
  })
})
