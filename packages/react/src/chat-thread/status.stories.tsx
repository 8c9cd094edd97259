import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { findAnswer, findPart, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from './index.ts'

const shown = {
  position: 'relative',
  zIndex: 1,
  width: 'auto',
  height: 'auto',
  clipPath: 'none',
  textAlign: 'center',
} as const

/** What the thread is doing, in a word. The kit's own style sheet hides it from sight; here it is shown. */
const meta = {
  title: 'ChatThread/Status',
  component: ChatThread.Status,
  args: { style: shown },
  render: (args) => <StoryChat below={<ChatThread.Status {...args} />} />,
} satisfies Meta<typeof ChatThread.Status>

export default meta

type Story = StoryObj<typeof meta>

/** Nothing is going on, and nothing is said of it. */
export const Ready: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const status = await findPart(canvasElement, 'chat-thread-status')
    await waitFor(() => expect(status).toHaveAttribute('data-status', 'ready'))
    await expect(status).toBeEmptyDOMElement()
  },
}

/** Sent, and nothing has come back yet. */
export const Connecting: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Connecting…')).toBeVisible()
  },
}

/** An answer arrives. */
export const Answering: Story = {
  parameters: {
    fluo: {
      script: defineScript('answering', [
        { event: { type: 'run_start' } },
        ...deltaSteps('One word, and then'),
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Answering…')).toBeVisible()
  },
}

/** The connection was lost in the middle of an answer, and the answer is looked for. */
export const Resuming: Story = {
  parameters: {
    fluo: {
      script: defineScript('lost', [
        { event: { type: 'run_start' } },
        ...deltaSteps('One word, and then'),
        { fault: 'lost' },
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const words = await canvas.findByText('Reconnecting…')
    await waitFor(() => expect(words).toBeVisible())
    const status = await findPart(canvasElement, 'chat-thread-status')
    await expect(status).toHaveAttribute('data-activity', 'resuming')
    await expect(await canvas.findByText('One word, and then')).toBeVisible()
  },
}

/** The same, once the answer was found: nothing of it is missing, and nothing comes twice. */
export const Resumed: Story = {
  parameters: {
    fluo: {
      script: defineScript('found', [
        { event: { type: 'run_start' } },
        ...deltaSteps('One word, and then'),
        { fault: 'lost' },
        ...deltaSteps(' another.'),
        { event: { type: 'message_final', text: 'One word, and then another.' } },
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(await canvas.findByText('One word, and then another.')).toBeVisible()
    await expect(canvas.queryByText('Reconnecting…')).toBeNull()
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
    await expect(await canvas.findByText('Opening the conversation…')).toBeVisible()
  },
}
