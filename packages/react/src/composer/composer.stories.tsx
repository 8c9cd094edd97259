import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { ChatThread } from '../chat-thread/index.ts'

/** Where a person writes. Enter sends, Shift+Enter begins a line; the input is never disabled. */
const meta = {
  title: 'Composer',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
  parameters: { fluo: { message: null } },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

/** Something to send. */
export const Written: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(
      canvas.getByRole('textbox', { name: 'Message' }),
      'One line{Shift>}{Enter}{/Shift}and another',
    )
    await expect(canvas.getByRole('textbox')).toHaveValue('One line\nand another')
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
  },
}

/** Enter sends: the input is empty at once, and the question stands in the log. */
export const Sent: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Hello there{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await expect(await canvas.findByText('Hello there')).toBeVisible()
  },
}

/** While an answer arrives a person can write on; it cannot be sent yet, and it stays. */
export const WhileRunning: Story = {
  parameters: { fluo: { message: 'Hello', script: defineScript('silence', [{ fault: 'stall' }]) } },
  play: async ({ canvas }) => {
    await canvas.findByText('Connecting…')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'And then{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('And then')
    await expect(canvas.getByRole('button', { name: 'Stop' })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
  },
}
