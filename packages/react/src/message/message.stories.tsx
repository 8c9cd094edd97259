import { scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, spyOn } from 'storybook/test'
import { findAnswer, renderMessage, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import type { ChatMessage } from '../chat-messages.ts'
import { Message } from './index.ts'

/** What was said: a question in a block of its own, an answer on the page. */
const meta = {
  title: 'Message',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

/** A question and an answer, both named after who speaks. */
export const Short: Story = {
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await findAnswer(canvasElement, 'done')).toBeVisible()
    await expect(canvas.getByRole('article', { name: /^You/ })).toHaveTextContent('Hello')
  },
}

/** A long answer with code, line by line as the agent wrote it. */
export const LongCodeAnswer: Story = {
  parameters: { fluo: { script: scripts.codeAnswer, message: 'Show me the code.' } },
  play: async ({ canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    await expect(answer.textContent?.split('\n').length).toBeGreaterThan(5)
  },
}

/** Several messages in one run, with a tool call between them. */
export const SeveralMessages: Story = {
  parameters: { fluo: { script: scripts.severalMessages } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('It is 391.')).toBeVisible()
    await expect(canvas.getByText('Let me work that out first.')).toBeVisible()
    await expect(canvas.getAllByRole('article', { name: /^Assistant/ })).toHaveLength(2)
  },
}

/** A final message and nothing before it. */
export const FinalOnly: Story = {
  parameters: { fluo: { script: scripts.finalOnly } },
  play: async ({ canvasElement }) => {
    await expect(await findAnswer(canvasElement, 'done')).toHaveTextContent('scripted agent')
  },
}

/** An event the kit does not know is kept, folded away. */
export const UnknownEvent: Story = {
  parameters: { fluo: { script: scripts.unknownEvent } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Unknown event “citation”')).toBeVisible()
  },
}

/** Headings are there for jumping from message to message; a `style` of an app's own brings them into view. */
export const HeadingShown: Story = {
  render: () => (
    <StoryChat>
      <ChatThread.Messages>{renderWithHeading}</ChatThread.Messages>
    </StoryChat>
  ),
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const headings = canvas.getAllByRole('heading', { level: 4 })
    await expect(headings.map(({ textContent }) => textContent?.split(',')[0])).toEqual([
      'You',
      'Assistant',
    ])
    await expect(headings[0]?.getBoundingClientRect().height).toBeGreaterThan(10)
  },
}

function renderWithHeading(): ReactNode {
  return (
    <Message.Root>
      <Message.Heading level={4} style={{ margin: 0 }} />
      <Message.Content>
        <Message.Parts>{() => <Message.Text />}</Message.Parts>
      </Message.Content>
    </Message.Root>
  )
}

/** A part whose rendering throws: a note and its text as it is, and the rest of the message stands. */
export const PartThatThrows: Story = {
  beforeEach: muteThrows,
  render: () => (
    <StoryChat>
      <ChatThread.Messages>{renderThrowingParts}</ChatThread.Messages>
    </StoryChat>
  ),
  parameters: { fluo: { script: scripts.severalMessages } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('It is 391.')).toBeVisible()
    await expect(canvas.getByText(/This could not be shown as it should be/)).toBeVisible()
    await expect(canvas.getByText('calculator')).toBeVisible()
  },
}

function renderThrowingParts(): ReactNode {
  return (
    <Message.Root>
      <Message.Content>
        <Message.Parts>
          {({ type }) => (type === 'text' ? <Message.Text /> : <Throws />)}
        </Message.Parts>
      </Message.Content>
    </Message.Root>
  )
}

/** A message whose rendering throws: a note and what it says, between messages that stand. */
export const MessageThatThrows: Story = {
  beforeEach: muteThrows,
  render: () => (
    <StoryChat>
      <ChatThread.Messages>{renderThrowingAnswers}</ChatThread.Messages>
    </StoryChat>
  ),
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/This could not be shown as it should be/)).toBeVisible()
    await expect(await canvas.findByText(/I will say this again/)).toBeVisible()
    await expect(canvas.getByRole('article', { name: /^You/ })).toHaveTextContent('Hello')
  },
}

function renderThrowingAnswers({ role }: ChatMessage): ReactNode {
  return role === 'user' ? renderMessage() : <Throws />
}

/** `fallback`: what an app would rather put in the place of a message that throws. */
export const OwnFallback: Story = {
  beforeEach: muteThrows,
  render: () => (
    <StoryChat>
      <ChatThread.Messages
        fallback={() => <p translate="no">This answer has to be read elsewhere.</p>}
      >
        {renderThrowingAnswers}
      </ChatThread.Messages>
    </StoryChat>
  ),
  parameters: { fluo: { script: scripts.greeting } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('This answer has to be read elsewhere.')).toBeVisible()
    await expect(canvas.queryByText(/This could not be shown/)).toBeNull()
  },
}

const thrown = new Error('A component of the app that cannot render this.')

function Throws(): ReactNode {
  throw thrown
}

/** React reports what these stories are about: that alone is kept out of the console. */
function muteThrows(): () => void {
  const { error: report } = console
  const spy = spyOn(console, 'error').mockImplementation((...values: unknown[]) => {
    if (!values.includes(thrown)) report(...values)
  })
  return () => spy.mockRestore()
}

/** What the parts bring by themselves: structure, names and states, and no style. */
export const Unstyled: Story = {
  parameters: {
    unstyled: true,
    fluo: {
      message: { query: 'Show me the code.', documents: ['https://files.example/timer.pdf'] },
      script: scripts.codeAnswer,
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText('timer.pdf')).toBeVisible()
    await expect(canvas.getAllByRole('button', { name: 'Copy' })).toHaveLength(2)
  },
}
