import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { renderMessage, StoryChat } from '../../test/story-chat.tsx'
import { Suggestions } from '../suggestions/index.ts'
import { ChatThread } from './index.ts'

/** What stands in a thread of which nothing has been said: a sentence, or whatever an app puts there. */
const meta = {
  title: 'ChatThread/Empty',
  component: ChatThread.Empty,
  render: (args) => (
    <StoryChat>
      <ChatThread.Empty {...args} />
      <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
    </StoryChat>
  ),
  parameters: { fluo: { message: null, script: scripts.greeting } },
} satisfies Meta<typeof ChatThread.Empty>

export default meta

type Story = StoryObj<typeof meta>

/** The sentence of the labels. */
export const Sentence: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Ask a question to begin.')).toBeVisible()
  },
}

/** Children of an app's own: a heading, and questions that are asked by a press. A keyboard goes on in the input. */
export const OwnContent: Story = {
  args: {
    children: (
      <div translate="no">
        <h2>What shall we look at?</h2>
        <Suggestions.Root suggestions={[{ input: 'Compare the two policies' }]} />
      </div>
    ),
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading')).toBeVisible()
    canvas.getByRole('button', { name: 'Compare the two policies' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.queryByRole('heading')).toBeNull()
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus()
  },
}
