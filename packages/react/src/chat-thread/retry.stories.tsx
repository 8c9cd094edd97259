import { scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { ChatThread } from './index.ts'

/** Asks for the last turn again. It goes away with the error, and hands its focus on. */
const meta = {
  title: 'ChatThread/Retry',
  component: ChatThread.Retry,
  render: () => <ChatThread.Default agentId={storyAgent} />,
  parameters: { fluo: { script: [scripts.serverError, scripts.greeting] } },
} satisfies Meta<typeof ChatThread.Retry>

export default meta

type Story = StoryObj<typeof meta>

/** Before the press: beside the sentence that says what went wrong. */
export const Offered: Story = {
  play: async ({ canvas }) => {
    const retry = await canvas.findByRole('button', { name: 'Retry' })
    await expect(retry).toBeVisible()
    await expect(retry).toBeEnabled()
  },
}

/** Pressed with a pointer: the answer comes, and the log has the focus. */
export const Pressed: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Retry' }))
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Retry' })).toBeNull()
    await expect(canvas.getByRole('log')).toHaveFocus()
  },
}

/** Pressed with a keyboard: the person goes on in the input. */
export const PressedWithAKey: Story = {
  play: async ({ canvas }) => {
    const retry = await canvas.findByRole('button', { name: 'Retry' })
    retry.focus()
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus()
  },
}

/** The thread is gone: the turn begins a new one, and what was said before stays on the page. */
export const InANewThread: Story = {
  parameters: {
    fluo: {
      message: ['Hello', 'What is 17 times 23?'],
      script: [scripts.greeting, scripts.threadGone, scripts.thinkingAndTool],
    },
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Retry' }))
    await expect(await canvas.findByText('17 times 23 is 391.')).toBeVisible()
    await expect(canvas.getByText('Hello')).toBeInTheDocument()
    await expect(canvas.getAllByText('What is 17 times 23?')).toHaveLength(1)
  },
}
