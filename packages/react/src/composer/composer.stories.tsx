import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { findAnswer } from '../../test/story-chat.tsx'
import { StoryComposer } from '../../test/story-composer.tsx'
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

const silence = { message: 'Hello', script: defineScript('silence', [{ fault: 'stall' }]) }

/** Nothing to send: the button stays where it is, can be focused, and says that it cannot act. */
export const Empty: Story = {
  play: async ({ canvas }) => {
    const send = canvas.getByRole('button', { name: 'Send' })
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('')
    await expect(send).toHaveAttribute('aria-disabled', 'true')
    send.focus()
    await expect(send).toHaveFocus()
  },
}

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
    await expect(canvas.getByRole('textbox')).toHaveFocus()
    await expect(await canvas.findByText('Hello there')).toBeVisible()
  },
}

/** While an answer arrives a person can write on; it cannot be sent yet, and it stays. Stop takes Send's place. */
export const WhileRunning: Story = {
  parameters: { fluo: silence },
  play: async ({ canvas }) => {
    await canvas.findByText('Connecting…')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'And then{Enter}')
    await expect(canvas.getByRole('textbox')).toHaveValue('And then')
    const stop = canvas.getByRole('button', { name: 'Stop' })
    await expect(stop).toBeVisible()
    await expect(stop).toHaveAttribute('aria-disabled', 'false')
    await expect(canvas.queryByRole('button', { name: 'Send' })).toBeNull()
  },
}

/** Stop pressed: the run ends, and the person goes on in the input. */
export const Stopped: Story = {
  parameters: { fluo: silence },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Stop' }))
    await findAnswer(canvasElement, 'stopped')
    await waitFor(() => expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus())
    await expect(canvas.getByRole('button', { name: 'Send' })).toBeVisible()
  },
}

/** Escape ends the run, too, and leaves what is written. */
export const StoppedByEscape: Story = {
  parameters: { fluo: silence },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText('Connecting…')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'And then{Escape}')
    await findAnswer(canvasElement, 'stopped')
    await expect(canvas.getByRole('textbox')).toHaveValue('And then')
  },
}

/** ArrowUp in an empty input brings the last question back. */
export const BroughtBack: Story = {
  parameters: { fluo: { message: 'What is 17 times 23?', script: scripts.thinkingAndTool } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(input, '{ArrowUp}')
    await expect(input).toHaveValue('What is 17 times 23?')
  },
}

/** Ten lines: the input grows so far, and scrolls from then on. */
export const TenLines: Story = {
  render: () => (
    <StoryComposer defaultValue={Array.from({ length: 14 }, (_, line) => line + 1).join('\n')} />
  ),
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input.clientHeight).toBeGreaterThan(200)
    await expect(input.scrollHeight).toBeGreaterThan(input.clientHeight)
    await expect(canvas.getByRole('button', { name: 'Send' })).toBeVisible()
  },
}

/** A draft from right to left stands right, in a page that runs the other way. */
export const RightToLeft: Story = {
  render: () => <StoryComposer defaultValue="שלום, מה שלומך?" />,
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(getComputedStyle(input).direction).toBe('rtl')
  },
}

/** A word with no place to break: the input grows down, and nothing scrolls sideways. */
export const VeryLongWord: Story = {
  render: () => <StoryComposer defaultValue={'x'.repeat(400)} />,
  play: async ({ canvas }) => {
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input.getBoundingClientRect().right).toBeLessThanOrEqual(innerWidth)
    await expect(
      canvas.getByRole('button', { name: 'Send' }).getBoundingClientRect().right,
    ).toBeLessThanOrEqual(innerWidth)
    await expect(input.clientHeight).toBeGreaterThan(50)
  },
}

/** What the parts bring by themselves: structure, names and states, and no style. */
export const Unstyled: Story = {
  render: () => (
    <StoryComposer
      defaultValue="A question that is long"
      maxLength={20}
      files={[['image', 'https://files.example/cat.png']]}
    />
  ),
  parameters: { unstyled: true },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Remove cat.png' })).toBeVisible()
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toBeInvalid()
    await expect(canvas.getByRole('button', { name: 'Stop' })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
  },
}
