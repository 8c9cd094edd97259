import { defineScript } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { findAnswer, findPart, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from './index.ts'

const lines = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} of a long answer.\n`)
const long = [
  { event: { type: 'run_start' } },
  { event: { type: 'message_final', text: lines.join('') } },
] as const

/** The way back to the end of the log, while it is out of view. */
const meta = {
  title: 'ChatThread/ScrollToEnd',
  component: ChatThread.ScrollToEnd,
  args: { children: '↓' },
  render: (args) => <StoryChat below={<ChatThread.ScrollToEnd {...args} />} />,
  parameters: { fluo: { message: 'Go on and on.', script: defineScript('long', long) } },
} satisfies Meta<typeof ChatThread.ScrollToEnd>

export default meta

type Story = StoryObj<typeof meta>

/** Scrolls to the beginning, as a person who reads there. */
async function readAbove(log: HTMLElement): Promise<void> {
  await waitFor(() => expect(log.scrollTop).toBeGreaterThan(0))
  log.scrollTop = 0
  await waitFor(() => expect(log).not.toHaveAttribute('data-following'))
}

/** The end is in view: there is nowhere to go, and this style sheet hides the button. */
export const AtTheEnd: Story = {
  play: async ({ canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const button = await findPart(canvasElement, 'chat-thread-scroll-to-end')
    await expect(button).toHaveAttribute('aria-label', 'Go to the end')
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).not.toBeVisible()
  },
}

/** The end is out of view. */
export const Above: Story = {
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await readAbove(canvas.getByRole('log'))
    const button = await canvas.findByRole('button', { name: 'Go to the end' })
    await expect(button).toBeVisible()
    await expect(button).toHaveAttribute('aria-disabled', 'false')
  },
}

/** Over a composer that has grown: the button stands clear of it. */
export const OverATallDraft: Story = {
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await readAbove(canvas.getByRole('log'))
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(input, 'One{Shift>}{Enter}{Enter}{Enter}{Enter}{/Shift}five')
    const button = canvas.getByRole('button', { name: 'Go to the end' })
    const form = await findPart(canvasElement, 'composer-root')
    await expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(
      form.getBoundingClientRect().top,
    )
  },
}

/** Messages began meanwhile: the button counts them. Played at life speed, also in tests: somebody has to read above. */
export const Unread: Story = {
  parameters: {
    fluo: {
      speed: 1,
      script: defineScript('long, and then more', [
        ...long,
        { waitMs: 2500 },
        { event: { type: 'message_final', text: 'One more thing.' } },
        { event: { type: 'message_final', text: 'And another.' } },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await canvas.findByText('Line 60 of a long answer.')
    await readAbove(canvas.getByRole('log'))
    await expect(
      await canvas.findByRole('button', { name: 'Go to the end, 2 new messages' }),
    ).toBeVisible()
  },
}

/** Pressed: the end is in view, the log has the focus, and the button is gone. */
export const Pressed: Story = {
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log')
    await readAbove(log)
    await userEvent.click(await canvas.findByRole('button', { name: 'Go to the end' }))
    await waitFor(() => expect(log).toHaveAttribute('data-following'))
    await waitFor(() =>
      expect(log.scrollHeight - log.clientHeight - log.scrollTop).toBeLessThanOrEqual(1),
    )
    await expect(log).toHaveFocus()
  },
}
