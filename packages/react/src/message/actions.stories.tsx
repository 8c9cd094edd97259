import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, spyOn, userEvent, waitFor, within } from 'storybook/test'
import { findAnswer } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from './index.ts'

/** What can be done with a message that stands: copied, used again. Shown when it is looked for, by pointer or key. */
const meta = {
  title: 'Message/Actions',
  component: Message.Actions,
  subcomponents: { Copy: Message.Copy, Reuse: Message.Reuse, Timestamp: Message.Timestamp },
  render: () => <ChatThread.Default agentId={storyAgent} />,
  parameters: { fluo: { script: scripts.greeting } },
} satisfies Meta<typeof Message.Actions>

export default meta

type Story = StoryObj<typeof meta>

const written = fn((_text: string) => Promise.resolve())

/** Takes the place of the clipboard for as long as a story stands. */
function writingTo(write: (text: string) => Promise<void>): () => void {
  const spy = spyOn(navigator.clipboard, 'writeText').mockImplementation(write)
  return () => spy.mockRestore()
}

/** Every message that stands has them, in a group with a name. A key that reaches them shows them. */
export const Reached: Story = {
  play: async ({ canvas, canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    await expect(canvas.getAllByRole('group', { name: 'Message actions' })).toHaveLength(2)
    const copy = within(answer).getByRole('button', { name: 'Copy' })
    copy.focus()
    await waitFor(() => expect(getComputedStyle(copy.parentElement as Element).opacity).toBe('1'))
  },
}

/** None while the answer is being written. */
export const NotWhileStreaming: Story = {
  parameters: {
    fluo: {
      script: defineScript('begun', [
        { event: { type: 'run_start' } },
        ...deltaSteps('The first policy covers'),
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'streaming')
    await expect(within(answer).queryByRole('group')).toBeNull()
    await expect(canvas.getAllByRole('group', { name: 'Message actions' })).toHaveLength(1)
  },
}

/** Copied: the button says so for two seconds. Press it to see it again. */
export const Copied: Story = {
  beforeEach: () => writingTo(written),
  play: async ({ canvasElement }) => {
    const answer = within(await findAnswer(canvasElement, 'done'))
    await userEvent.click(answer.getByRole('button', { name: 'Copy' }))
    const button = await answer.findByRole('button', { name: 'Copied' })
    await waitFor(() => expect(button).toBeVisible())
    await expect(written).toHaveBeenCalledWith(
      expect.stringMatching(/^Hello! I am a scripted agent/),
    )
  },
}

/** The browser does not let the page write: the button says that. */
export const CopyFailed: Story = {
  beforeEach: () => writingTo(() => Promise.reject(new Error('refused'))),
  play: async ({ canvasElement }) => {
    const answer = within(await findAnswer(canvasElement, 'done'))
    await userEvent.click(answer.getByRole('button', { name: 'Copy' }))
    const button = await answer.findByRole('button', { name: 'Could not copy' })
    await waitFor(() => expect(button).toBeVisible())
  },
}

/** An answer of tools alone has no text to copy. */
export const NothingToCopy: Story = {
  render: () => <ChatThread.Default agentId={storyAgent} completion="end-of-stream" />,
  parameters: { fluo: { script: scripts.toolsOnly, completion: 'end-of-stream' } },
  play: async ({ canvasElement }) => {
    const answer = within(await findAnswer(canvasElement, 'done'))
    await expect(answer.queryByRole('button', { name: 'Copy' })).toBeNull()
    await expect(answer.getByRole('button', { name: 'Use again' })).toBeInTheDocument()
  },
}

/** Used again: text and files of the question stand in the composer, which has the focus. */
export const UsedAgain: Story = {
  parameters: {
    fluo: { message: { query: 'What is this?', images: ['https://files.example/cat.png'] } },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const question = within(canvas.getByRole('article', { name: /^You/ }))
    await userEvent.click(question.getByRole('button', { name: 'Use again' }))
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input).toHaveValue('What is this?')
    await expect(input).toHaveFocus()
    await expect(canvas.getByRole('button', { name: 'Remove cat.png' })).toBeVisible()
  },
}

/** When it was said, in the reader's own time. */
export const Timestamp: Story = {
  play: async ({ canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    const time = answer.querySelector('time')
    const moment = Date.parse(time?.dateTime ?? '')
    await expect(Math.abs(Date.now() - moment)).toBeLessThan(60_000)
    await expect(answer.getAttribute('aria-label')).toContain(time?.textContent)
  },
}
