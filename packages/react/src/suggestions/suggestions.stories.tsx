import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { findAnswer, renderMessage, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Suggestions, type Suggestion, type SuggestionsRootProps } from './index.ts'

/** What a person may want to ask: before the first turn, from the app, or after an answer. */
const meta = {
  title: 'Suggestions',
  component: Suggestions.Root,
  render: (args) => (
    <StoryChat below={<Suggestions.Root {...args} />}>
      <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
    </StoryChat>
  ),
  args: {
    suggestions: [
      { input: 'What can you do?' },
      { input: 'What do you remember of this thread?' },
      {
        label: 'Compare two documents',
        input: {
          query: 'What has changed?',
          documents: ['https://files.example/2025.pdf', 'https://files.example/2026.pdf'],
        },
      },
    ],
  },
  parameters: { fluo: { message: null, script: scripts.greeting } },
} satisfies Meta<typeof Suggestions.Root>

export default meta

type Story = StoryObj<typeof meta>

const busy = defineScript('long', [
  { event: { type: 'run_start' } },
  ...deltaSteps('An answer that takes its time', 60),
  { fault: 'stall' },
])

/** Inside ChatThread.Empty: they go away with the first turn. A keyboard goes on in the input. */
export const BeforeTheFirstTurn: Story = {
  render: (args) => (
    <StoryChat>
      <ChatThread.Empty>
        <h2 translate="no">What shall we look at?</h2>
        <Suggestions.Root {...args} />
      </ChatThread.Empty>
      <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
    </StoryChat>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('list', { name: /Suggestions/ })).toBeVisible()
    canvas.getByRole('button', { name: 'What can you do?' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.queryByRole('list', { name: /Suggestions/ })).toBeNull()
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus()
  },
}

type FromState = Extract<SuggestionsRootProps['suggestions'], (...args: never) => unknown>

const furtherQuestions: FromState = ({ turns }) => {
  const asked = turns.at(-1)?.input.query ?? ''
  return [`Why “${asked}”?`, 'And in one sentence?'].map((input) => ({ input }))
}

/** `when="settled"`, and a function of the state: what to ask next, made of what was said. They go while an answer is on its way. */
export const AfterAnAnswer: Story = {
  args: { suggestions: furtherQuestions, when: 'settled' },
  parameters: { fluo: { message: 'Hello', script: [scripts.greeting, busy] } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Why “Hello”?' }))
    await expect(await canvas.findByText('Why “Hello”?')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('button', { name: /^Why/ })).toBeNull())
  },
}

/** `action="fill"`: goes into the composer, below what is written there, to be changed first. */
export const FillsTheComposer: Story = {
  args: { children: () => <Suggestions.Item action="fill" /> },
  play: async ({ canvas }) => {
    const input = await canvas.findByRole('textbox', { name: 'Message' })
    await userEvent.type(input, 'Of the last five years:')
    await userEvent.click(canvas.getByRole('button', { name: 'What can you do?' }))
    await expect(input).toHaveValue('Of the last five years:\nWhat can you do?')
    await expect(input).toHaveFocus()
  },
}

/** While an answer is on its way they cannot be pressed, and say so; they stay where the keyboard finds them. */
export const WhileARunIsOpen: Story = {
  parameters: { fluo: { message: 'Hello', script: busy } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'streaming')
    const item = canvas.getByRole('button', { name: 'What can you do?' })
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await userEvent.click(item)
    await expect(item).toHaveFocus()
    await expect(canvas.getAllByText('What can you do?')).toHaveLength(1)
  },
}

/** `onSuggestion` with `details.cancel()`: the app does something of its own. */
export const TakenOver: Story = {
  args: {
    onSuggestion: fn<NonNullable<SuggestionsRootProps['onSuggestion']>>((_, details) =>
      details.cancel(),
    ),
  },
  play: async ({ args, canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Compare two documents' }))
    await expect(args.onSuggestion).toHaveBeenCalledWith(
      expect.objectContaining({ label: 'Compare two documents' }),
      expect.objectContaining({ reason: 'suggestion-press' }),
    )
    await expect(canvas.queryByText('What has changed?')).toBeNull()
  },
}

/** A look of the app's own: a card with a line below its name. */
export const Cards: Story = {
  args: {
    children: ({ label, input }: Suggestion) => (
      <Suggestions.Item>
        <strong>{label ?? 'Ask'}</strong>
        <span>{typeof input === 'string' ? input : input.query}</span>
      </Suggestions.Item>
    ),
  },
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByRole('button', { name: /Compare two documents\s*What has changed/ }),
    ).toBeVisible()
  },
}

/** What the parts bring by themselves: a list with a name, and buttons. */
export const Unstyled: Story = {
  parameters: { unstyled: true },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'What can you do?' }))
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
  },
}
