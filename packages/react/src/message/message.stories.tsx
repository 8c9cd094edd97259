import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { ChatThread } from '../chat-thread/index.ts'

/** What was said: a question in a block of its own, an answer on the page. */
const meta = {
  title: 'Message',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

const whenDone = async (canvas: {
  findAllByRole: (role: string, options: { name: RegExp }) => Promise<HTMLElement[]>
}): Promise<HTMLElement> => {
  const answers = await canvas.findAllByRole('article', { name: /^Assistant/ })
  const last = answers.at(-1)
  if (last === undefined) throw new Error('There is no answer.')
  await waitFor(() => expect(last.dataset['status']).toBe('done'))
  return last
}

/** A long answer with code, line by line as the agent wrote it. */
export const LongCodeAnswer: Story = {
  parameters: { fluo: { script: scripts.codeAnswer, message: 'Show me the code.' } },
  play: async ({ canvas }) => {
    const answer = await whenDone(canvas)
    await expect(answer.textContent?.split('\n').length).toBeGreaterThan(5)
  },
}

/** Several messages in one run, with a tool call between them. */
export const SeveralMessages: Story = {
  parameters: { fluo: { script: scripts.severalMessages } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('It is 391.')).toBeVisible()
    await expect(canvas.getByText('Let me work that out first.')).toBeVisible()
  },
}

/** A final message and nothing before it. */
export const FinalOnly: Story = {
  parameters: { fluo: { script: scripts.finalOnly } },
  play: async ({ canvas }) => {
    const answer = await whenDone(canvas)
    await expect(answer.textContent).not.toBe('')
  },
}

/** An event the kit does not know is kept, folded away. */
export const UnknownEvent: Story = {
  parameters: { fluo: { script: scripts.unknownEvent } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Unknown event “citation”')).toBeVisible()
  },
}

/** Text from right to left stands right, in a page that runs the other way. */
export const RightToLeft: Story = {
  parameters: { fluo: { script: scripts.greeting, message: 'שלום, מה שלומך?' } },
  play: async ({ canvas }) => {
    await whenDone(canvas)
    const question = canvas.getByText('שלום, מה שלומך?')
    await expect(getComputedStyle(question).direction).toBe('rtl')
  },
}

const poem = Array.from({ length: 80 }, (_, index) => `Line ${index + 1} of a very long answer.\n`)

/** A person who reads further up is left there; a button leads back to the end. */
export const ScrolledUp: Story = {
  parameters: {
    fluo: {
      message: 'Go on and on.',
      script: defineScript('very long', [
        { event: { type: 'run_start' } },
        ...poem.flatMap((text) => [
          { event: { type: 'message_delta', text } } as const,
          { waitMs: 20 },
        ]),
        { event: { type: 'message_final', text: poem.join('') } },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await whenDone(canvas)
    const log = canvas.getByRole('log')
    await waitFor(() => expect(log.scrollTop).toBeGreaterThan(0))
    log.scrollTop = 0
    await userEvent.click(await canvas.findByRole('button', { name: 'Go to the end' }))
    await waitFor(() => expect(log).toHaveAttribute('data-following'))
  },
}
