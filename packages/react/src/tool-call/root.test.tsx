import type { FluoEvent } from '@fluokit/core'
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { clientOf, reportOf, renderWith } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, FluoProvider, Message, ToolCall } from '../index.ts'

const agent = { agentId: 'agent' }

function setUp(defaultOpen?: boolean) {
  const hand = handDriven()
  const client = clientOf(hand)
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => (
          <Message.Parts>
            {(part) =>
              part.type === 'tool-call' && (
                <ToolCall.Root
                  render={<fieldset />}
                  {...(defaultOpen !== undefined && { defaultOpen })}
                  aria-label={part.id}
                >
                  <ToolCall.Trigger>
                    <ToolCall.Name /> <ToolCall.Status />
                  </ToolCall.Trigger>
                  <ToolCall.Panel>
                    <ToolCall.Input />
                    <ToolCall.Output />
                    <ToolCall.Error />
                  </ToolCall.Panel>
                </ToolCall.Root>
              )
            }
          </Message.Parts>
        )}
      </ChatThread.Messages>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  return hand
}

const started: FluoEvent = { type: 'tool_start', callId: 'c', name: 'sum', input: { a: 1 } }

describe('ToolCall', () => {
  it('shows a call from its start to its end in one element', async () => {
    const { newest } = setUp()
    await newest().emit(started)
    const group = screen.getByRole('group', { name: 'c' })
    expect(group.dataset).toMatchObject({ status: 'running', tool: 'sum' })
    expect(screen.getByRole('button').textContent).toBe('sum running')
    expect(screen.getByLabelText('Input').textContent).toBe('{\n  "a": 1\n}')
    expect(screen.queryByLabelText('Output')).toBeNull()

    await newest().emit({ type: 'tool_end', callId: 'c', output: 'plain\ntext' })

    expect(screen.getByRole('group', { name: 'c' })).toBe(group)
    expect(group.dataset).toMatchObject({ status: 'done' })
    expect(screen.getByLabelText('Output').textContent).toBe('plain\ntext')
  })

  it('names its input and output for a screen reader', async () => {
    const { newest } = setUp()
    await newest().emit({ type: 'tool_start', callId: 'c1', name: 'sum', input: { a: 1 } })
    await newest().emit({ type: 'tool_end', callId: 'c1', output: 2 })

    expect(screen.getByRole('group', { name: 'Input' }).textContent).toContain('"a": 1')
    expect(screen.getByRole('group', { name: 'Output' }).textContent).toBe('2')
  })

  it('shows the error of a call that failed', async () => {
    const { newest } = setUp()
    await newest().emit(started, { type: 'tool_end', callId: 'c', error: 'Division by zero' })

    expect(screen.getAllByRole('group')[0]?.dataset['status']).toBe('failed')
    expect(screen.getByText('Division by zero')).toBeDefined()
  })

  it('is unfinished when its run ends before it does', async () => {
    const { newest } = setUp()
    await newest().emit(started)

    await newest().end()

    expect(screen.getAllByRole('group')[0]?.dataset['status']).toBe('unfinished')
    expect(screen.getByRole('button').textContent).toBe('sum unfinished')
  })

  it.each([
    ['null', null, 'null'],
    ['zero', 0, '0'],
    ['an empty text', '', ''],
    ['false', false, 'false'],
  ])('shows an output of %s', async (_, output, text) => {
    const { newest } = setUp()
    await newest().emit(started, { type: 'tool_end', callId: 'c', output })

    expect(screen.getByLabelText('Output').textContent).toBe(text)
  })

  it('has a name also where the agent gave none', async () => {
    const { newest } = setUp()
    await newest().emit({ type: 'tool_end', output: 1 })

    expect(screen.getByRole('button').textContent).toBe('Tool done')
  })

  it.each([true, false])('begins with its panel as `defaultOpen` says: %j', async (isOpen) => {
    const { newest } = setUp(isOpen)
    await newest().emit(started)
    const trigger = screen.getByRole('button')
    const panel = document.getElementById(trigger.getAttribute('aria-controls') ?? '')
    expect(trigger.getAttribute('aria-expanded')).toBe(String(isOpen))
    expect(panel?.hidden).toBe(!isOpen)

    act(() => trigger.click())

    expect(trigger.getAttribute('aria-expanded')).toBe(String(!isOpen))
    expect(panel?.hidden).toBe(isOpen)
  })

  it('does not stand where the part is of another type, and the console says why', () => {
    const turn = { id: 't', input: { query: 'Hi' }, sentAt: 0, runs: [] }
    const report = reportOf(
      <FluoProvider client={clientOf(handDriven())}>
        <ChatThread.Root {...agent} initialTurns={[turn]}>
          <ChatThread.Messages>
            {() => <Message.Parts>{() => <ToolCall.Name />}</Message.Parts>}
          </ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>,
    )

    expect(report).toMatch(/type "text"\. Render it for parts of type "tool-call" only/)
  })
})
