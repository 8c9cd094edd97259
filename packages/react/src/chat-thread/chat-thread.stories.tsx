import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { findAnswer, findPart } from '../../test/story-chat.tsx'
import { ChatThread } from './index.ts'

/**
 * One conversation. `ChatThread.Default` composes every part of it; each story is one state, played by a scripted
 * agent that the toolbar can pause, step, speed up and restart.
 */
const meta = {
  title: 'ChatThread',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

const start = { event: { type: 'run_start' } } as const
const stall = { fault: 'stall' } as const

/** Nothing has been said. */
export const Empty: Story = {
  parameters: { fluo: { message: null } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask a question to begin.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
  },
}

/** What is remembered of the thread is still being read. */
export const Restoring: Story = {
  parameters: {
    fluo: {
      message: null,
      storage: () => ({
        isShared: false,
        read: () => new Promise<null>(() => undefined),
        write: () => undefined,
        remove: () => undefined,
        keys: () => [],
      }),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Opening the conversation…')).toBeInTheDocument()
    await expect(canvas.queryByText('Ask a question to begin.')).toBeNull()
  },
}

/** Sent, and nothing has come back yet. */
export const Submitted: Story = {
  parameters: { fluo: { script: defineScript('silence', [stall]) } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('Connecting…')).toBeInTheDocument()
    await expect(await findAnswer(canvasElement, 'pending')).toBeVisible()
  },
}

/** Not a byte has come for a while. */
export const Slow: Story = {
  parameters: { fluo: { slowAfterMs: 50, script: defineScript('silence', [stall]) } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('Still waiting for the answer…')).toBeInTheDocument()
    const root = canvasElement.querySelector('[data-part=chat-thread-root]')
    await expect(root).toHaveAttribute('data-activity', 'slow')
  },
}

/** The answer grows. */
export const Streaming: Story = {
  parameters: {
    fluo: {
      script: defineScript('streaming', [
        start,
        ...deltaSteps('The answer grows while the agent', 120),
        stall,
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText(/while the agent/)).toBeVisible()
    await findAnswer(canvasElement, 'streaming')
    await expect(canvas.getByText('Answering…')).toBeInTheDocument()
  },
}

/** A whole answer: thinking, a tool call, text. */
export const Done: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool, message: 'What is 17 times 23?' } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('17 times 23 is 391.')).toBeVisible()
    await findAnswer(canvasElement, 'done')
  },
}

/** Several turns, one after the other: the composer is ready for the next. */
export const Conversation: Story = {
  parameters: {
    fluo: {
      message: ['Hello', 'What is 17 times 23?', 'Show me the code.'],
      script: [scripts.greeting, scripts.thinkingAndTool, scripts.codeAnswer],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText('Show me the code.')
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getAllByRole('article')).toHaveLength(6)
  },
}

/** The person pressed Stop. */
export const Stopped: Story = {
  parameters: {
    fluo: {
      isStopped: true,
      script: defineScript('long', [
        start,
        ...deltaSteps('This would have gone on for', 60),
        stall,
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Stopped.')).toBeVisible()
    await expect(canvas.getByText(/gone on for/)).toBeVisible()
  },
}

/** The agent says that it failed. What it had said stays. */
export const Failed: Story = {
  parameters: { fluo: { script: scripts.errorEvent } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await findPart(canvasElement, 'chat-thread-error')).toHaveTextContent(
      'The assistant had a problem.',
    )
    await expect(canvas.getByText(/I was about to say/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Retry' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Edit' })).toBeVisible()
  },
}

/** The connection ended before the answer did. */
export const Interrupted: Story = {
  parameters: { fluo: { script: scripts.interrupted } },
  play: async ({ canvas, canvasElement }) => {
    const error = await findPart(canvasElement, 'chat-thread-error')
    await expect(error).toHaveAttribute('data-end', 'interrupted')
    await expect(canvas.getByText(/in the middle of a/)).toBeVisible()
  },
}

/** The page was left before any answer came: nobody knows whether the turn ran. */
export const Unknown: Story = {
  parameters: { fluo: { isReloaded: true, message: 'Book the room for Friday.' } },
  play: async ({ canvas, canvasElement }) => {
    const error = await findPart(canvasElement, 'chat-thread-error')
    await expect(error).toHaveAttribute('data-end', 'unknown')
    await expect(canvas.getByText('Book the room for Friday.')).toBeVisible()
  },
}

/** What the parts bring by themselves: structure, names and states, and no style. */
export const Unstyled: Story = {
  parameters: { unstyled: true, fluo: { script: scripts.thinkingAndTool } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('17 times 23 is 391.')).toBeVisible()
    await waitFor(() => expect(canvas.getAllByRole('article')).toHaveLength(2))
  },
}
