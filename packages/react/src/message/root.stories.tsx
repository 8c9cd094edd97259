import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect } from 'storybook/test'
import { findAnswer, findPart, renderText, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from './index.ts'

/** Where an answer stands, as `data-status`, and in a sentence under one that is not whole. */
const meta = {
  title: 'Message/Root',
  component: Message.Root,
  render: () => (
    <StoryChat>
      <ChatThread.Messages>{renderWithStatus}</ChatThread.Messages>
    </StoryChat>
  ),
} satisfies Meta<typeof Message.Root>

export default meta

type Story = StoryObj<typeof meta>

function renderWithStatus(): ReactNode {
  return (
    <Message.Root>
      <Message.Content>
        <Message.Parts>{renderText}</Message.Parts>
      </Message.Content>
      <Message.Status />
    </Message.Root>
  )
}

const begun = [
  { event: { type: 'run_start' } },
  ...deltaSteps('The first policy covers'),
  { fault: 'stall' },
] as const

/** `pending`: nothing has come back yet. */
export const Pending: Story = {
  play: async ({ canvasElement }) => {
    await expect(await findAnswer(canvasElement, 'pending')).toBeVisible()
  },
}

/** `streaming`: it is being written. */
export const Streaming: Story = {
  parameters: { fluo: { script: defineScript('begun', begun) } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('The first policy covers')).toBeVisible()
    await findAnswer(canvasElement, 'streaming')
    await expect(canvasElement.querySelector('[data-part=message-status]')).toBeNull()
  },
}

/** `done`: whole. A question has no status. */
export const Done: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const question = canvas.getByRole('article', { name: /^You/ })
    await expect(question).toHaveAttribute('data-role', 'user')
    await expect(question).not.toHaveAttribute('data-status')
  },
}

/** `stopped`: by the person. */
export const Stopped: Story = {
  parameters: { fluo: { isStopped: true, script: defineScript('begun', begun) } },
  play: async ({ canvasElement }) => {
    await findAnswer(canvasElement, 'stopped')
    await expect(await findPart(canvasElement, 'message-status')).toHaveTextContent('Stopped.')
  },
}

/** `interrupted`: the connection ended before the answer did. */
export const Interrupted: Story = {
  parameters: { fluo: { script: scripts.interrupted } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'interrupted')
    await expect(canvas.getByText('The answer was cut off.')).toBeVisible()
  },
}

/** `failed`: the agent never answered, or said that it failed. */
export const Failed: Story = {
  parameters: { fluo: { script: scripts.serverError } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'failed')
    await expect(canvas.getByText('The answer failed.')).toBeVisible()
  },
}

/** `unknown`: the page was left before any answer came. */
export const Unknown: Story = {
  parameters: { fluo: { isReloaded: true, message: 'Book the room for Friday.' } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'unknown')
    await expect(canvas.getByText('Nobody knows whether this was answered.')).toBeVisible()
  },
}
