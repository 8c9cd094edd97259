import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactElement, ReactNode } from 'react'
import { expect, userEvent, waitFor } from 'storybook/test'
import { Composer } from '../composer/index.ts'
import { Message } from '../message/index.ts'
import { ChatThread, type ChatThreadViewportProps } from './index.ts'

/**
 * One conversation. `ChatThread.Default` composes every part of it; each story is one state, played by a scripted
 * agent that the toolbar can pause, step, speed up and restart.
 */
const meta = {
  title: 'ChatThread',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

const start = { event: { type: 'run_start' } } as const
const stall = { fault: 'stall' } as const

/** What went wrong, where it can be seen: the announcer says the same. */
function findError(canvas: HTMLElement): Promise<HTMLElement> {
  return waitFor(() => {
    const error = canvas.querySelector<HTMLElement>('[data-part=chat-thread-error]')
    if (error === null) throw new Error('No error is shown.')
    return error
  })
}

/** Nothing has been said. */
export const Empty: Story = {
  parameters: { fluo: { message: null } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask a question to begin.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
  },
}

/** Sent, and nothing has come back yet. */
export const Submitted: Story = {
  parameters: { fluo: { script: defineScript('silence', [stall]) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Connecting…')).toBeInTheDocument()
    const answer = await canvas.findByRole('article', { name: /^Assistant/ })
    await expect(answer).toHaveAttribute('data-status', 'pending')
  },
}

/** The answer grows. */
export const Streaming: Story = {
  parameters: {
    fluo: {
      script: defineScript('streaming', [
        start,
        ...deltaSteps('The answer grows while the agent', 120),
        stall,
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/while the agent/)).toBeVisible()
    await expect(canvas.getByRole('article', { name: /^Assistant/ })).toHaveAttribute(
      'data-status',
      'streaming',
    )
    await expect(canvas.getByText('Answering…')).toBeInTheDocument()
  },
}

/** A whole answer: thinking, a tool call, text. */
export const Done: Story = {
  parameters: { fluo: { script: scripts.thinkingAndTool, message: 'What is 17 times 23?' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('17 times 23 is 391.')).toBeVisible()
    const answer = canvas.getByRole('article', { name: /^Assistant/ })
    await waitFor(() => expect(answer).toHaveAttribute('data-status', 'done'))
  },
}

/** The agent says that it failed. What it had said stays. */
export const Failed: Story = {
  parameters: { fluo: { script: scripts.errorEvent } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await findError(canvasElement)).toHaveTextContent('The assistant had a problem.')
    await expect(canvas.getByText(/I was about to say/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Retry' })).toBeVisible()
  },
}

/** The person pressed Stop. */
export const Stopped: Story = {
  parameters: {
    fluo: {
      isStopped: true,
      script: defineScript('long', [
        start,
        ...deltaSteps('This would have gone on for', 60),
        stall,
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Stopped.')).toBeVisible()
    await expect(canvas.getByText(/gone on for/)).toBeVisible()
  },
}

/** The connection ended before the answer did. */
export const Interrupted: Story = {
  parameters: { fluo: { script: scripts.interrupted } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await findError(canvasElement)).toHaveAttribute('data-end', 'interrupted')
    await expect(canvas.getByText(/in the middle of a/)).toBeVisible()
  },
}

/** 401: the application's own session is over. */
export const Unauthorized: Story = {
  parameters: { fluo: { script: scripts.unauthorized } },
  play: async ({ canvasElement }) => {
    await expect(await findError(canvasElement)).toHaveTextContent('Please sign in again.')
  },
}

/** 429: the sentence counts down to the moment the server named. */
export const RateLimited: Story = {
  parameters: {
    fluo: { script: defineScript('429', [{ status: 429, detail: 'Slow down', retryAfter: '60' }]) },
  },
  play: async ({ canvasElement }) => {
    const error = await findError(canvasElement)
    await expect(error).toHaveTextContent(/Too many messages at the moment\. Try again in \d+ s\./)
  },
}

/** The page was left before any answer came: nobody knows whether the turn ran. */
export const Unknown: Story = {
  parameters: { fluo: { isReloaded: true, message: 'Book the room for Friday.' } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await findError(canvasElement)).toHaveAttribute('data-end', 'unknown')
    await expect(canvas.getByText('Book the room for Friday.')).toBeVisible()
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
    await expect(await canvas.findByText('Opening the conversation…')).toBeInTheDocument()
  },
}

/** The stored thread is gone on the server: Retry asks again in a new one. */
export const ThreadGone: Story = {
  parameters: {
    fluo: { message: ['Hello', 'And now?'], script: [scripts.greeting, scripts.threadGone] },
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(await findError(canvasElement)).toHaveTextContent('no longer available')
    await expect(canvas.getByText('And now?')).toBeVisible()
  },
}

/** What the parts bring by themselves: structure, names and states, and no style. */
export const Unstyled: Story = {
  parameters: { unstyled: true, fluo: { script: scripts.thinkingAndTool } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('17 times 23 is 391.')).toBeVisible()
  },
}

const poem = Array.from({ length: 60 }, (_, index) => `Line ${index + 1} of a long answer.\n`)
const longAnswer = defineScript('long answer', [
  start,
  { event: { type: 'message_final', text: poem.join('') } },
])

/** A chat of plain text whose viewport has these props. */
function withViewport(props: ChatThreadViewportProps): ReactElement {
  return (
    <ChatThread.Root agentId={storyAgent}>
      <ChatThread.Viewport {...props}>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
      </ChatThread.Viewport>
      <ChatThread.ScrollToEnd>↓</ChatThread.ScrollToEnd>
      <Composer.Root>
        <Composer.Input />
        <Composer.Send />
      </Composer.Root>
    </ChatThread.Root>
  )
}

function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Parts>{renderText}</Message.Parts>
    </Message.Root>
  )
}

function renderText(): ReactNode {
  return <Message.Text />
}

/** `anchor="turn-start"`: the newest question stands at the top, and its answer grows below it without moving it. */
export const TurnStart: Story = {
  render: () => withViewport({ anchor: 'turn-start' }),
  parameters: {
    fluo: { message: ['Go on and on.', 'And in short?'], script: [longAnswer, scripts.greeting] },
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
  render: () => withViewport({ messageKeys: true }),
  parameters: { fluo: { message: 'Go on and on.', script: longAnswer } },
  play: async ({ canvas }) => {
    const answer = await canvas.findByRole('article', { name: /^Assistant/ })
    await waitFor(() => expect(answer.dataset['status']).toBe('done'))
    const log = canvas.getByRole('log')
    log.focus()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await expect(answer).toHaveFocus()
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await expect(canvas.getByRole('article', { name: /^You/ })).toHaveFocus()
    await expect(log).not.toHaveAttribute('data-following')
  },
}
