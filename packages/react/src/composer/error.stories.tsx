import { defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { findAnswer, findPart } from '../../test/story-chat.tsx'
import { StoryComposer } from '../../test/story-composer.tsx'
import { Composer } from './index.ts'

/** Why a text cannot be sent, or was not. It describes the input, and the text stays. */
const meta = {
  title: 'Composer/Error',
  component: Composer.Error,
  render: () => <StoryComposer />,
  parameters: { fluo: { message: null } },
} satisfies Meta<typeof Composer.Error>

export default meta

type Story = StoryObj<typeof meta>

/** Send pressed with nothing to send. The first character takes the sentence away. */
export const NothingToSend: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    const error = await findPart(canvasElement, 'composer-error')
    await expect(error).toHaveTextContent('There is nothing to send yet.')
    await expect(error).toHaveAttribute('data-reason', 'empty')
  },
}

/** Longer than can be sent: every character stays, and the sentence says by how much. */
export const OverTheLimit: Story = {
  render: () => <StoryComposer maxLength={20} defaultValue="Twenty-one characters" />,
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveAccessibleDescription(/21 characters, and at most 20 can be sent/)
    await userEvent.type(input, '{Enter}')
    await expect(input).toHaveValue('Twenty-one characters')
    await expect(input).toBeInvalid()
  },
}

/** One character fewer: the sentence is gone, and it can be sent. */
export const WithinTheLimitAgain: Story = {
  render: () => <StoryComposer maxLength={20} defaultValue="Twenty-one characters" />,
  play: async ({ canvas, canvasElement }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(input, '{Backspace}')
    await expect(input).toBeValid()
    await expect(canvasElement.querySelector('[data-part=composer-error]')).toBeNull()
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
  },
}

/** Enter pressed while an answer arrives: the text stays, and the sentence says why. */
export const WhileRunning: Story = {
  parameters: { fluo: { message: 'Hello', script: defineScript('silence', [{ fault: 'stall' }]) } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'pending')
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(input, 'And then{Enter}')
    await expect(canvas.getByText(/An answer is still arriving/)).toBeVisible()
    await expect(input).toHaveAccessibleDescription(/Your text stays here/)
    await expect(input).toHaveValue('And then')
  },
}

/** Changed after a refusal: the sentence has been read, and goes. */
export const ReadAndGone: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await findPart(canvasElement, 'composer-error')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Hello')
    await expect(canvasElement.querySelector('[data-part=composer-error]')).toBeNull()
  },
}
