import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState, type ReactNode } from 'react'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { findAnswer, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from '../message/index.ts'
import { ToolCall, useToolCall, type ToolCallRootProps } from './index.ts'

/** Tool calls as an app composes them: cards by name, a panel that the app opens, several calls in one answer. */
const meta = {
  title: 'ToolCall/Card',
  component: ToolCall.Root,
  parameters: { fluo: { script: scripts.thinkingAndTool, message: 'What is 17 times 23?' } },
} satisfies Meta<typeof ToolCall.Root>

export default meta

type Story = StoryObj<typeof meta>

/** Every tool call of the chat, each rendered by this. */
function Calls({ children }: { readonly children: () => ReactNode }): ReactNode {
  return (
    <StoryChat>
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Content>
              <Message.Parts>
                {({ type }) => {
                  if (type === 'text') return <Message.Text />
                  return type === 'tool-call' && children()
                }}
              </Message.Parts>
            </Message.Content>
          </Message.Root>
        )}
      </ChatThread.Messages>
    </StoryChat>
  )
}

/** A card of its own for one tool, the kit's for every other: `render` replaces the element and keeps names and state. */
export const ByToolName: Story = {
  render: () => (
    <Calls>
      {() => (
        <ToolCall.Root
          render={(props, { tool }) =>
            tool === 'calculator' ? <Sum {...props} /> : <div {...props} />
          }
        >
          <ToolCall.Trigger>
            <ToolCall.Name /> <ToolCall.Status />
          </ToolCall.Trigger>
          <ToolCall.Panel>
            <ToolCall.Output />
          </ToolCall.Panel>
        </ToolCall.Root>
      )}
    </Calls>
  ),
  parameters: {
    fluo: {
      script: defineScript('two tools', [
        { event: { type: 'run_start' } },
        {
          event: {
            type: 'tool_start',
            callId: 'c1',
            name: 'calculator',
            input: { expression: '17 * 23' },
          },
        },
        { waitMs: 600 },
        { event: { type: 'tool_end', callId: 'c1', output: { value: 391 } } },
        { event: { type: 'tool_start', callId: 'c2', name: 'search', input: {} } },
        { waitMs: 300 },
        { event: { type: 'tool_end', callId: 'c2', output: 'Nothing.' } },
        { event: { type: 'message_final', text: '17 times 23 is 391.' } },
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const sum = canvas.getByText('17 * 23 = 391').closest('[data-part]')
    await expect(sum).toHaveAttribute('data-part', 'tool-call-root')
    await expect(sum).toHaveAttribute('data-status', 'done')
    await expect(canvas.getByRole('button', { name: /^search done/ })).toBeVisible()
  },
}

function Sum(props: object): ReactNode {
  const { input, output } = useToolCall()
  const { expression } = input as { expression: string }
  const value = (output as { value: number } | undefined)?.value
  return (
    <div {...props}>
      <p dir="auto" style={{ margin: '0.5rem 0.75rem', fontSize: '1.25rem' }}>
        {expression} = {value ?? '…'}
      </p>
    </div>
  )
}

/** Children in the place of the JSON: what a person needs of it. */
export const OwnOutput: Story = {
  render: () => (
    <Calls>
      {() => (
        <ToolCall.Root>
          <ToolCall.Trigger>
            <ToolCall.Name /> <ToolCall.Status />
          </ToolCall.Trigger>
          <ToolCall.Panel>
            <ToolCall.Output render={<div />}>
              <strong>391</strong>
            </ToolCall.Output>
          </ToolCall.Panel>
        </ToolCall.Root>
      )}
    </Calls>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('391')).toBeVisible()
    await expect(canvas.queryByText(/"value"/)).toBeNull()
  },
}

/** `open` and `onOpenChange`: the app decides, here from a switch above the chat. */
export const Controlled: Story = {
  args: { onOpenChange: fn() },
  render: (args) => <Switched {...args} />,
  play: async ({ args, canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.queryByRole('group', { name: 'Output' })).toBeNull()
    await userEvent.click(canvas.getByRole('checkbox'))
    await expect(canvas.getByRole('group', { name: 'Output' })).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: /^calculator/ }))
    await expect(args.onOpenChange).toHaveBeenCalledWith(
      false,
      expect.objectContaining({ reason: 'trigger-press' }),
    )
    await expect(canvas.getByRole('checkbox')).not.toBeChecked()
  },
}

function Switched({ onOpenChange }: ToolCallRootProps): ReactNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <div style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', height: '100%' }}>
      <label translate="no">
        <input
          type="checkbox"
          checked={isOpen}
          onChange={(event) => setOpen(event.currentTarget.checked)}
        />
        Show tools
      </label>
      <Calls>
        {() => (
          <ToolCall.Root
            open={isOpen}
            onOpenChange={(next, details) => {
              onOpenChange?.(next, details)
              setOpen(next)
            }}
          >
            <ToolCall.Trigger>
              <ToolCall.Name /> <ToolCall.Status />
            </ToolCall.Trigger>
            <ToolCall.Panel>
              <ToolCall.Input />
              <ToolCall.Output />
            </ToolCall.Panel>
          </ToolCall.Root>
        )}
      </Calls>
    </div>
  )
}

/** An agent that answers with tools alone, and says so with `completion: 'end-of-stream'`. */
export const ToolsOnly: Story = {
  render: () => <ChatThread.Default agentId={storyAgent} completion="end-of-stream" />,
  parameters: { fluo: { script: scripts.toolsOnly, completion: 'end-of-stream' } },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() =>
      expect(canvas.getAllByRole('button', { name: /calculator done/ })).toHaveLength(2),
    )
    await findAnswer(canvasElement, 'done')
  },
}
