import { deltaSteps, defineScript } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { Composer } from '../composer/index.ts'
import { ChatThread, type ChatThreadQueuedProps } from './index.ts'

/** `whenBusy="queue"`: what is sent while an answer arrives waits in sight, and can be taken back. */
const meta = {
  title: 'ChatThread/Queued',
  component: ChatThread.CancelQueued,
  render: () => (
    <ChatThread.Root agentId={storyAgent} whenBusy="queue">
      <ChatThread.Viewport>
        <ChatThread.Queued>{renderQueued}</ChatThread.Queued>
      </ChatThread.Viewport>
      <ChatThread.Status />
      <Composer.Root>
        <Composer.Input />
        <Composer.Send />
      </Composer.Root>
    </ChatThread.Root>
  ),
} satisfies Meta<typeof ChatThread.CancelQueued>

export default meta

type Story = StoryObj<typeof meta>

const renderQueued: ChatThreadQueuedProps['children'] = ({ input }) => {
  return (
    <p>
      <span dir="auto">{input.query}</span> <ChatThread.CancelQueued />
    </p>
  )
}

/** Two turns wait; the first is taken back into the composer. */
export const TakenBack: Story = {
  parameters: {
    fluo: {
      whenBusy: 'queue',
      script: defineScript('long', [
        { event: { type: 'run_start' } },
        ...deltaSteps('The first answer takes its time', 60),
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Answering…')).toBeInTheDocument()
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(input, 'And then?{Enter}And after that?{Enter}')
    await expect(await canvas.findByText('And after that?')).toBeVisible()
    const [first] = canvas.getAllByRole('button', { name: 'Take back' })
    await userEvent.click(first as HTMLElement)
    await waitFor(() => expect(input).toHaveValue('And then?'))
    await expect(canvas.getAllByRole('button', { name: 'Take back' })).toHaveLength(1)
  },
}
