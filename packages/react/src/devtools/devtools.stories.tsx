import { defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { StoryChat } from '../../test/story-chat.tsx'
import { FluoDevtools } from './index.ts'

/** What happens in every run of a client, for those who build with it. In a production build it renders nothing. */
const meta = {
  title: 'Devtools',
  component: FluoDevtools,
  render: (args) => <FluoDevtools {...args} />,
} satisfies Meta<typeof FluoDevtools>

export default meta

type Story = StoryObj<typeof meta>

function findRun(page: HTMLElement, end: string): Promise<HTMLElement> {
  return waitFor(() => within(page).getByRole('radio', { name: new RegExp(end) }))
}

/** Before anything was asked. */
export const Empty: Story = {
  parameters: { fluo: { message: null } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/No run yet/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Clear' })).toBeDisabled()
  },
}

/** A run with thoughts and a call of a tool: its words and data are masked, in their length. */
export const Masked: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool } },
  play: async ({ canvas, canvasElement }) => {
    await findRun(canvasElement, 'done')
    await expect(canvas.getByRole('table')).toBeVisible()
    await expect(
      canvas.getByRole('cell', { name: /calculator\s+call_1\s+\{"x+":"11 \* 11"\}/ }),
    ).toBeVisible()
    await expect(canvas.queryByText(/product/)).toBeNull()
    await expect(canvas.getByRole('group', { name: 'Export, text masked' })).toBeVisible()
  },
}

/** The words and IDs, for as long as this panel is open. */
export const Revealed: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool } },
  play: async ({ canvas, canvasElement }) => {
    await findRun(canvasElement, 'done')
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Show text and IDs' }))
    await expect(canvas.getAllByText(/product/)[0]).toBeVisible()
    await expect(canvas.getByRole('cell', { name: /17 \* 23/ })).toBeVisible()
    await expect(canvas.getByRole('group', { name: 'Export, with its text' })).toBeVisible()
  },
}

/** A run that is open: the timeline stays at its end. */
export const Streaming: Story = {
  parameters: { fluo: { script: scripts.heldOpen } },
  play: async ({ canvas, canvasElement }) => {
    await findRun(canvasElement, 'open')
    await expect(await canvas.findByRole('cell', { name: 'streaming · open' })).toBeVisible()
  },
}

/** An agent that failed in the middle of its answer. */
export const Failed: Story = {
  parameters: { fluo: { script: scripts.errorEvent } },
  play: async ({ canvas, canvasElement }) => {
    await findRun(canvasElement, 'failed')
    await expect(await canvas.findByRole('cell', { name: 'error' })).toBeVisible()
  },
}

/** A connection that was lost and found again. */
export const Resumed: Story = {
  parameters: {
    fluo: {
      script: defineScript('lost', [
        { event: { type: 'run_start' } },
        { event: { type: 'message_delta', text: 'The first half, ' } },
        { waitMs: 200 },
        { fault: 'lost' },
        { event: { type: 'message_delta', text: 'and the second.' } },
        { waitMs: 200 },
        { event: { type: 'message_final', text: 'The first half, and the second.' } },
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findRun(canvasElement, 'done')
    await expect(canvas.getByRole('cell', { name: 'streaming · resuming' })).toBeVisible()
  },
}

/** After several runs, the newest is followed until another one is chosen, by arrows as well. */
export const SeveralRuns: Story = {
  parameters: {
    fluo: {
      script: [scripts.longAnswer, scripts.interrupted, scripts.toolFails],
      message: ['One', 'Two', 'Three'],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(canvas.getAllByRole('radio')).toHaveLength(3))
    await findRun(canvasElement, 'Run 3.*done')
    await userEvent.click(canvas.getByRole('radio', { name: /Run 3/ }))
    await userEvent.keyboard('{ArrowDown}')
    await expect(canvas.getByRole('heading', { name: 'Run 2' })).toBeVisible()
    await expect(canvas.getByRole('radio', { name: /Run 2/ })).toHaveFocus()
  },
}

/** In a narrow drawer, dark on any page. */
export const NarrowAndDark: Story = {
  args: { theme: 'dark' },
  parameters: { fluo: { script: scripts.longAnswer } },
  render: (args) => (
    <div style={{ width: 320, height: '100%' }}>
      <FluoDevtools {...args} />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    await findRun(canvasElement, 'done')
    await expect(canvas.getByRole('img')).toBeVisible()
  },
}

/** Beside the chat that it watches. */
export const BesideAChat: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool } },
  render: (args) => (
    <div style={{ display: 'grid', gridTemplate: 'minmax(0, 1fr) / 1fr 1fr', height: '100%' }}>
      <StoryChat />
      <FluoDevtools {...args} />
    </div>
  ),
  play: async ({ canvasElement }) => {
    await findRun(canvasElement, 'done')
  },
}
