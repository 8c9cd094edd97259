import { defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { findAnswer, findPart, renderText, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from './index.ts'

/** What went wrong, under the answer and not once for the thread, with a way to ask again beside it. */
const meta = {
  title: 'Message/Error',
  component: Message.Error,
  render: () => (
    <StoryChat>
      <ChatThread.Messages>{renderWithError}</ChatThread.Messages>
    </StoryChat>
  ),
} satisfies Meta<typeof Message.Error>

export default meta

type Story = StoryObj<typeof meta>

function renderWithError(): ReactNode {
  return (
    <Message.Root>
      <Message.Content>
        <Message.Parts>{renderText}</Message.Parts>
      </Message.Content>
      <Message.Error />
      <Message.Actions>
        <Message.Retry />
      </Message.Actions>
    </Message.Root>
  )
}

/** The sentence stands in the message it is about. */
export const UnderTheAnswer: Story = {
  parameters: { fluo: { script: scripts.errorEvent } },
  play: async ({ canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'failed')
    await expect(within(answer).getByText('The assistant had a problem.')).toBeVisible()
    await expect(within(answer).getByText(/I was about to say/)).toBeVisible()
  },
}

/** A rate limit counts down here as well. */
export const CountsDown: Story = {
  parameters: {
    fluo: { script: defineScript('429', [{ status: 429, detail: 'Slow down', retryAfter: '60' }]) },
  },
  play: async ({ canvasElement }) => {
    await expect(await findPart(canvasElement, 'message-error')).toHaveTextContent(
      /Try again in \d+ s\./,
    )
  },
}

/** `Message.Retry` stands in the newest answer. */
export const WithRetry: Story = {
  parameters: { fluo: { script: [scripts.reset, scripts.greeting] } },
  play: async ({ canvas, canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'interrupted')
    await expect(within(answer).getByRole('button', { name: 'Retry' })).toBeInTheDocument()
    await expect(canvas.getAllByRole('button', { name: 'Retry' })).toHaveLength(1)
  },
}

/** Pressed: what came of the first attempt stays, with its sentence, above the next one. */
export const Retried: Story = {
  parameters: { fluo: { script: [scripts.reset, scripts.greeting] } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'interrupted')
    await userEvent.click(canvas.getByRole('button', { name: 'Retry' }))
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText(/This connection breaks/)).toBeVisible()
    await expect(canvas.getByText(/connection was lost/, { selector: 'span' })).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Retry' })).toBeNull()
  },
}
