import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { renderMessage } from '../../test/story-chat.tsx'
import { ChatThread } from './index.ts'

/** Everything about one thread stands inside: a `<section>`, unless `render` says otherwise. */
const meta = {
  title: 'ChatThread/Root',
  component: ChatThread.Root,
  args: {
    agentId: storyAgent,
    children: (
      <ChatThread.Viewport>
        <ChatThread.Empty />
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
      </ChatThread.Viewport>
    ),
  },
  parameters: { fluo: { script: scripts.greeting } },
} satisfies Meta<typeof ChatThread.Root>

export default meta

type Story = StoryObj<typeof meta>

/** `render={<main />}`: the chat is what the page is about, and keeps its look and its state. */
export const AsMain: Story = {
  args: { render: <main /> },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    const main = canvas.getByRole('main')
    await expect(main).toHaveAttribute('data-part', 'chat-thread-root')
    await expect(main).toContainElement(canvas.getByRole('log', { name: 'Conversation' }))
  },
}

/** `style` as a function of the thread's state: a line around the page for as long as an answer arrives. */
export const StyledByState: Story = {
  args: {
    style: ({ status }) => ({
      outline: status === 'streaming' ? '4px solid var(--accent)' : undefined,
      outlineOffset: '-4px',
    }),
  },
  parameters: {
    fluo: { script: defineScript('begun', [{ event: { type: 'run_start' } }, { fault: 'stall' }]) },
  },
  play: async ({ canvas }) => {
    const root = (await canvas.findByText('Hello')).closest('section')
    await waitFor(() => expect(root?.dataset['status']).toBe('streaming'))
    await expect(root).toHaveStyle({ outlineWidth: '4px' })
  },
}

/** Two conversations with one agent, each under a `threadKey` of its own: what is said in one stays there. */
export const TwoThreads: Story = {
  render: (args) => (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', height: '100%' }}>
      <ChatThread.Default agentId={args.agentId ?? storyAgent} />
      <ChatThread.Default agentId={args.agentId ?? storyAgent} threadKey="second" />
    </div>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.getByText('Ask a question to begin.')).toBeVisible()
    await expect(canvas.getAllByRole('log')).toHaveLength(2)
  },
}
