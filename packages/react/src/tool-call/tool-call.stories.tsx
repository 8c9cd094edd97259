import { defineScript, scripts, type Script, type Step } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { findAnswer, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from '../message/index.ts'
import { ToolCall } from './index.ts'

/** A tool that the agent calls: its name, where it stands, its input and output. */
const meta = {
  title: 'ToolCall',
  component: ToolCall.Root,
  args: {
    children: (
      <>
        <ToolCall.Trigger>
          <ToolCall.Name /> <ToolCall.Status /> <ToolCall.Duration />
        </ToolCall.Trigger>
        <ToolCall.Panel>
          <ToolCall.Input />
          <ToolCall.Output />
          <ToolCall.Error />
        </ToolCall.Panel>
      </>
    ),
  },
  render: (args) => (
    <StoryChat>
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Content>
              <Message.Parts>
                {({ type }) => {
                  if (type === 'text') return <Message.Text />
                  return type === 'tool-call' && <ToolCall.Root {...args} />
                }}
              </Message.Parts>
            </Message.Content>
          </Message.Root>
        )}
      </ChatThread.Messages>
    </StoryChat>
  ),
  parameters: { fluo: { script: scripts.thinkingAndTool, message: 'What is 17 times 23?' } },
} satisfies Meta<typeof ToolCall.Root>

export default meta

type Story = StoryObj<typeof meta>

const start: Step = { event: { type: 'run_start' } }
const answer: Step = { event: { type: 'message_final', text: 'That is what I found.' } }

function calling(name: string, input: unknown, output?: unknown): Script {
  const call = { callId: 'c1', ...(name !== '' && { name }) }
  const begun: Step = {
    event: { type: 'tool_start', ...call, ...(input !== undefined && { input }) },
  }
  if (output === undefined) return defineScript(name, [start, begun, { fault: 'stall' }])
  return defineScript(name, [
    start,
    begun,
    { waitMs: 400 },
    { event: { type: 'tool_end', ...call, output } },
    answer,
  ])
}

/** It works, and the seconds are counted. */
export const Running: Story = {
  parameters: { fluo: { script: calling('search', { query: 'policies' }) } },
  play: async ({ canvas }) => {
    const trigger = await canvas.findByRole('button', { name: /^search running/ })
    await expect(trigger).toHaveAccessibleName(/^search running \d+ s$/)
    await waitFor(() => expect(trigger).toHaveAccessibleName(/[1-9]\d* s$/))
    await expect(canvas.getByRole('group', { name: 'Input' })).toHaveTextContent('policies')
  },
}

/** It came back, and says how long it took. */
export const Done: Story = {
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByRole('button', { name: /^calculator done \d+\.\d s$/ }),
    ).toBeVisible()
    await expect(canvas.getByRole('group', { name: 'Output' })).toHaveTextContent('"value": 391')
  },
}

/** It failed, and says why. */
export const Failed: Story = {
  parameters: { fluo: { script: scripts.toolFails } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /^calculator failed/ })).toBeVisible()
    await expect(canvas.getByText('Division by zero')).toBeVisible()
  },
}

/** The run ended before it did. */
export const Unfinished: Story = {
  parameters: { fluo: { script: scripts.toolUnfinished } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /^search unfinished$/ })).toBeVisible()
  },
}

/** The agent does not say what it calls: a word of the labels stands there. */
export const WithoutName: Story = {
  parameters: { fluo: { script: calling('', { query: 'policies' }, { hits: 2 }) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /^Tool done/ })).toBeVisible()
  },
}

/** Nothing goes in: no empty box stands for it. */
export const WithoutInput: Story = {
  parameters: { fluo: { script: calling('today', undefined, 'Friday') } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /^today done/ })).toBeVisible()
    await expect(canvas.queryByRole('group', { name: 'Input' })).toBeNull()
    await expect(canvas.getByRole('group', { name: 'Output' })).toHaveTextContent('Friday')
  },
}

const rows = Array.from({ length: 400 }, (_, index) => ({ id: index, title: `Document ${index}` }))

/** A huge output scrolls in its own box, also by keys. */
export const HugeOutput: Story = {
  parameters: { fluo: { script: calling('list_documents', { folder: '/' }, rows) } },
  play: async ({ canvas }) => {
    const output = await canvas.findByRole('group', { name: 'Output' })
    await expect(output).toHaveTextContent('Document 399')
    await expect(output.clientHeight).toBeLessThan(400)
    await expect(output.scrollHeight).toBeGreaterThan(10_000)
    output.focus()
    await expect(output).toHaveFocus()
  },
}

/** A name, an input and an output with no place to break: nothing scrolls sideways. */
export const LongWords: Story = {
  parameters: {
    fluo: {
      script: calling(
        `search_${'everything_'.repeat(20)}`,
        { token: 'x'.repeat(500) },
        'y'.repeat(500),
      ),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log')
    await expect(log.scrollWidth).toBeLessThanOrEqual(log.clientWidth)
  },
}

/** Closed by a press, and open again by the next. */
export const Closed: Story = {
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const trigger = canvas.getByRole('button', { name: /^calculator/ })
    await expect(trigger).toHaveAttribute('aria-expanded', 'true')
    await userEvent.click(trigger)
    await expect(trigger).toHaveAttribute('aria-expanded', 'false')
    await expect(canvas.queryByRole('group', { name: 'Output' })).toBeNull()
  },
}

/** `defaultOpen={false}`: a line that folds out. */
export const ClosedAtFirst: Story = {
  args: { defaultOpen: false },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.queryByRole('group', { name: 'Input' })).toBeNull()
    canvas.getByRole('button', { name: /^calculator/ }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('group', { name: 'Input' })).toBeVisible()
  },
}

/** What the parts bring by themselves: structure, names and states, and no style. */
export const Unstyled: Story = {
  parameters: { unstyled: true },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByRole('button', { name: /^calculator done/ })).toBeVisible()
    await expect(canvas.getByRole('group', { name: 'Output' })).toBeVisible()
  },
}
