import { defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { findAnswer, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from './index.ts'

/** The scrolling log. It follows the end until a person reads on their own. */
const meta = {
  title: 'ChatThread/Viewport',
  component: ChatThread.Viewport,
  render: ({ children: _children, ...args }) => (
    <StoryChat viewport={args} below={<ChatThread.ScrollToEnd>↓</ChatThread.ScrollToEnd>} />
  ),
} satisfies Meta<typeof ChatThread.Viewport>

export default meta

type Story = StoryObj<typeof meta>

const lines = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} of a long answer.\n`)
const start = { event: { type: 'run_start' } } as const
const final = { event: { type: 'message_final', text: lines.join('') } } as const
const atOnce = defineScript('long answer', [start, final])
const asks = { message: 'Go on and on.', script: atOnce }

/** How far the end is out of view. */
function belowView(log: HTMLElement): number {
  return log.scrollHeight - log.clientHeight - log.scrollTop
}

/** Text that grows is kept in view. */
export const Following: Story = {
  parameters: {
    fluo: {
      message: 'Go on and on.',
      script: defineScript('line by line', [
        start,
        ...lines.flatMap((text) => [
          { event: { type: 'message_delta', text } } as const,
          { waitMs: 40 },
        ]),
        final,
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log', { name: 'Conversation' })
    await expect(log).toHaveAttribute('data-following')
    await waitFor(() => expect(log.scrollTop).toBeGreaterThan(0))
    await waitFor(() => expect(belowView(log)).toBeLessThanOrEqual(1))
  },
}

/** A person scrolls up and is left where they read. */
export const LetGo: Story = {
  parameters: { fluo: asks },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log')
    await waitFor(() => expect(log.scrollTop).toBeGreaterThan(0))
    log.scrollTop = 0
    await waitFor(() => expect(log).not.toHaveAttribute('data-following'))
    await expect(await canvas.findByRole('button', { name: 'Go to the end' })).toBeVisible()
  },
}

/** The log is a tab stop of its own and scrolls by keys; a key that goes up lets the end go. */
export const ByKeyboard: Story = {
  parameters: { fluo: asks },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log')
    await waitFor(() => expect(log.scrollTop).toBeGreaterThan(0))
    await userEvent.tab()
    await expect(log).toHaveFocus()
    await userEvent.keyboard('{PageUp}')
    await waitFor(() => expect(log).not.toHaveAttribute('data-following'))
  },
}

/** `anchor="turn-start"`: the newest question stands at the top, and its answer grows below it without moving it. */
export const TurnStart: Story = {
  args: { anchor: 'turn-start' },
  parameters: {
    fluo: { message: ['Go on and on.', 'And in short?'], script: [atOnce, scripts.greeting] },
  },
  play: async ({ canvas }) => {
    const log = canvas.getByRole('log')
    const short = await canvas.findByText('And in short?')
    const question = short.closest('article')
    await waitFor(() => {
      const top = question?.getBoundingClientRect().top ?? Number.NaN
      return expect(Math.abs(top - log.getBoundingClientRect().top)).toBeLessThanOrEqual(1)
    })
    await waitFor(() => expect(log).toHaveAttribute('data-following'))
    await expect(log.scrollTop).toBeGreaterThan(0)
  },
}

/** `messageKeys`: Alt with the arrows moves the focus from message to message; the log stays the one tab stop. */
export const MessageKeys: Story = {
  args: { messageKeys: true },
  parameters: { fluo: asks },
  play: async ({ canvas, canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log')
    log.focus()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await expect(answer).toHaveFocus()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await expect(canvas.getByRole('article', { name: /^You/ })).toHaveFocus()
    await expect(log).not.toHaveAttribute('data-following')
  },
}
