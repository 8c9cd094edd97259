import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { ChatThread } from '../chat-thread/index.ts'

/** A tool that the agent calls: its name, where it stands, its input and output. */
const meta = {
  title: 'ToolCall',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

/** It works. */
export const Running: Story = {
  parameters: {
    fluo: {
      script: defineScript('tool running', [
        { event: { type: 'run_start' } },
        {
          event: { type: 'tool_start', callId: 'c1', name: 'search', input: { query: 'policies' } },
        },
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas }) => {
    const trigger = await canvas.findByRole('button', { name: /search running/ })
    await expect(await canvas.findByText(/policies/)).toBeVisible()
    await userEvent.click(trigger)
    await expect(canvas.getByText(/policies/)).not.toBeVisible()
  },
}

/** It came back. */
export const Done: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /calculator done/ })).toBeVisible()
    await expect(canvas.getByText(/"value": 391/)).toBeVisible()
  },
}

/** It failed, and says why. */
export const Failed: Story = {
  parameters: { fluo: { script: scripts.toolFails } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /calculator failed/ })).toBeVisible()
    await expect(canvas.getByText('Division by zero')).toBeVisible()
  },
}

/** The run ended before it did. */
export const Unfinished: Story = {
  parameters: { fluo: { script: scripts.toolUnfinished } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /search unfinished/ })).toBeVisible()
  },
}

/** An agent that answers with tools alone, and says so with `completion: 'end-of-stream'`. */
export const ToolsOnly: Story = {
  args: { completion: 'end-of-stream' },
  parameters: { fluo: { script: scripts.toolsOnly, completion: 'end-of-stream' } },
  play: async ({ canvas }) => {
    await waitFor(() =>
      expect(canvas.getAllByRole('button', { name: /calculator done/ })).toHaveLength(2),
    )
    await waitFor(() =>
      expect(canvas.getByRole('article', { name: /^Assistant/ }).dataset['status']).toBe('done'),
    )
  },
}
