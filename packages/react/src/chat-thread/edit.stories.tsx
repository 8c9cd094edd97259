import { scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { ChatThread } from './index.ts'

/** Puts what was asked last back into the composer, to be changed and sent as a new turn. */
const meta = {
  title: 'ChatThread/Edit',
  component: ChatThread.Edit,
  render: () => <ChatThread.Default agentId={storyAgent} />,
  parameters: {
    fluo: { script: [scripts.serverError, scripts.greeting], message: 'Compare the polices' },
  },
} satisfies Meta<typeof ChatThread.Edit>

export default meta

type Story = StoryObj<typeof meta>

/** Before the press: beside Retry. */
export const Offered: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Edit' })).toBeVisible()
  },
}

/** The question stands in the composer, with the caret at its end. The failed turn stays where it is. */
export const PutBack: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit' }))
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveValue('Compare the polices')
    await expect(input).toHaveFocus()
    await expect(canvas.getByRole('article', { name: /^You/ })).toBeVisible()
  },
}

/** Files come back, too, and can be taken out. */
export const WithFiles: Story = {
  parameters: {
    fluo: { message: { query: 'What is this?', images: ['https://files.example/cat.png'] } },
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit' }))
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('What is this?')
    await expect(canvas.getByRole('button', { name: 'Remove cat.png' })).toBeVisible()
  },
}

/** Changed and sent: a new turn, below the one that failed. */
export const SentAgain: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit' }))
    await userEvent.keyboard('{Backspace}{Backspace}ies{Enter}')
    await expect(await canvas.findByText('Compare the policies')).toBeVisible()
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.getByText('Compare the polices')).toBeInTheDocument()
  },
}
