import { defineScript } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { ChatThread } from './index.ts'

/** After a rate limit the turn is asked again by itself; the button has it not asked. */
const meta = {
  title: 'ChatThread/Cancel',
  component: ChatThread.Cancel,
  render: () => (
    <ChatThread.Root agentId={storyAgent}>
      <ChatThread.Error />
      <ChatThread.Cancel />
    </ChatThread.Root>
  ),
} satisfies Meta<typeof ChatThread.Cancel>

export default meta

type Story = StoryObj<typeof meta>

/** The wait is given up: the sentence stays. */
export const GivenUp: Story = {
  parameters: {
    fluo: { script: defineScript('429', [{ status: 429, detail: 'Slow down', retryAfter: '60' }]) },
  },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Do not try again' }))
    await expect(canvas.queryByRole('button')).toBeNull()
    const error = canvasElement.querySelector('[data-part=chat-thread-error]')
    await expect(error).toHaveTextContent(/Too many messages at the moment\./)
  },
}
