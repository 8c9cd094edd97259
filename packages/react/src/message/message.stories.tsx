import { scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
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
  findAllByRole: (role: string, options: { name: string }) => Promise<HTMLElement[]>
}): Promise<HTMLElement> => {
  const answers = await canvas.findAllByRole('article', { name: 'Assistant' })
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
