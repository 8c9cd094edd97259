import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { ChatThread } from '../chat-thread/index.ts'

/** What the agent thinks: open until the answer follows, one quiet line afterwards. */
const meta = {
  title: 'Thinking',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

/** It thinks right now. */
export const Running: Story = {
  parameters: {
    fluo: {
      script: defineScript('thinking', [
        { event: { type: 'run_start' } },
        { event: { type: 'thinking_part', text: 'The two policies differ in what they cover. ' } },
        { waitMs: 400 },
        { event: { type: 'thinking_part', text: 'I compare them paragraph by paragraph.' } },
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas }) => {
    const trigger = await canvas.findByRole('button', { name: 'Thinking' })
    await expect(trigger).toHaveAttribute('aria-expanded', 'true')
    await expect(await canvas.findByText(/paragraph by paragraph/)).toBeVisible()
  },
}

/** It has thought, and folds out on a press. */
export const Thought: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool } },
  play: async ({ canvas }) => {
    await canvas.findByText('17 times 23 is 391.')
    const trigger = canvas.getByRole('button', { name: 'Thought' })
    await expect(trigger).toHaveAttribute('aria-expanded', 'false')
    await userEvent.click(trigger)
    await expect(canvas.getByText(/I will use the calculator/)).toBeVisible()
  },
}
