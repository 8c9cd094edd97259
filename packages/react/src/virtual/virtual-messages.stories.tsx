import { scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { unevenTurns } from '../../test/long-log.ts'
import { renderMessage } from '../../test/story-chat.tsx'
import { ChatThread, Composer } from '../index.ts'
import { ChatThreadVirtualMessages } from './index.ts'

/** The messages of a long thread: only those near the view are on the page. */
const meta = {
  title: 'ChatThread/VirtualMessages',
  component: ChatThreadVirtualMessages,
  render: () => (
    // oxlint-disable-next-line react/forbid-component-props -- no story waits for 500 answers
    <ChatThread.Root agentId={storyAgent} initialTurns={unevenTurns(500)}>
      <ChatThread.Viewport>
        <ChatThreadVirtualMessages>{renderMessage}</ChatThreadVirtualMessages>
      </ChatThread.Viewport>
      <ChatThread.ScrollToEnd>↓</ChatThread.ScrollToEnd>
      <Composer.Root>
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
      </Composer.Root>
    </ChatThread.Root>
  ),
  args: { children: renderMessage },
} satisfies Meta<typeof ChatThreadVirtualMessages>

export default meta

type Story = StoryObj<typeof meta>

/** 1,000 messages. It begins at their end, and goes to their beginning as fast. */
export const Thousand: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas }) => {
    const log = canvas.getByRole('log', { name: 'Conversation' })
    await expect(canvas.getAllByRole('article').length).toBeLessThan(80)
    await expect(await canvas.findByText('question 499')).toBeVisible()
    log.scrollTop = 0
    await waitFor(() => expect(canvas.getByText('question 1')).toBeVisible())
    await expect(canvas.queryByText('question 490')).toBeNull()
    await expect(canvas.getAllByRole('article').length).toBeLessThan(80)
  },
}
