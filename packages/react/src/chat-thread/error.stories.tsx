import { defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { findPart, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from './index.ts'

/** What went wrong, in one plain sentence, with a way to ask again or to change the question: a story for each cause. */
const meta = {
  title: 'ChatThread/Error',
  component: ChatThread.Error,
  render: () => <ChatThread.Default agentId={storyAgent} />,
} satisfies Meta<typeof ChatThread.Error>

export default meta

type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const refused = (status: number, detail: string): object => ({
  fluo: { script: defineScript(`${status}`, [{ status, detail }]) },
})

/** Sees the sentence, the code and both ways on. */
function says(sentence: string | RegExp, code: string): Play {
  return async ({ canvas, canvasElement }) => {
    const error = await findPart(canvasElement, 'chat-thread-error')
    await expect(error).toBeVisible()
    await expect(error).toHaveTextContent(sentence)
    await expect(error).toHaveAttribute('data-code', code)
    await expect(canvas.getByRole('button', { name: 'Retry' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Edit' })).toBeVisible()
  }
}

/** `network`, before anything came: nobody answers there. */
export const NotConnected: Story = {
  parameters: { fluo: { script: defineScript('nobody', [{ fault: 'reset' }]) } },
  play: says('The server could not be reached.', 'network'),
}

/** `network`, in the middle of an answer. What had come stays. */
export const ConnectionLost: Story = {
  parameters: { fluo: { script: scripts.reset } },
  play: says('The connection was lost before the answer was complete.', 'network'),
}

/** `rate-limited`: the sentence counts down to the moment that the server named. */
export const RateLimited: Story = {
  parameters: {
    fluo: { script: defineScript('429', [{ status: 429, detail: 'Slow down', retryAfter: '60' }]) },
  },
  play: says(/Too many messages at the moment\. Try again in \d+ s\./, 'rate-limited'),
}

/** `unauthorized`, 401: the application's own session is over. */
export const Unauthorized: Story = {
  parameters: { fluo: { script: scripts.unauthorized } },
  play: says('Please sign in again.', 'unauthorized'),
}

/** `forbidden`, 403: the agent is not for this person. */
export const Forbidden: Story = {
  parameters: refused(403, 'Not allowed'),
  play: says('This assistant is not available here.', 'forbidden'),
}

/** `thread-gone`: the stored thread is gone on the server. */
export const ThreadGone: Story = {
  parameters: {
    fluo: { message: ['Hello', 'And now?'], script: [scripts.greeting, scripts.threadGone] },
  },
  play: says('This conversation is no longer available.', 'thread-gone'),
}

/** `invalid`, 422: the server does not take the message as it is. */
export const Invalid: Story = {
  parameters: refused(422, 'query: too short'),
  play: says('The server did not accept this message.', 'invalid'),
}

/** `too-large`, 413: the message does not fit. */
export const TooLarge: Story = {
  parameters: refused(413, 'Payload too large'),
  play: says('This is too large to send or to show.', 'too-large'),
}

/** `upstream`, 500: the agent's own side fails. */
export const Upstream: Story = {
  parameters: { fluo: { script: scripts.serverError } },
  play: says('The assistant had a problem.', 'upstream'),
}

/** `empty`: the stream ended without a word. */
export const NoAnswer: Story = {
  parameters: { fluo: { script: scripts.nothing } },
  play: says('The server sent no answer.', 'empty'),
}

/** `not-a-stream`: something else answers at this address. */
export const NotAStream: Story = {
  parameters: refused(200, 'Welcome'),
  play: says('The server answered with something that is not an answer.', 'not-a-stream'),
}

/** No code decides here: the page was left before any answer came. */
export const UnknownOutcome: Story = {
  parameters: { fluo: { isReloaded: true, message: 'Book the room for Friday.' } },
  play: says(/It may or may not have been answered\./, 'network'),
}

/** Children replace the sentence. */
export const OwnSentence: Story = {
  args: { children: <span translate="no">Our agent is asleep. Call 555-0100.</span> },
  render: (args) => (
    <StoryChat>
      <ChatThread.Error {...args} />
    </StoryChat>
  ),
  parameters: { fluo: { script: scripts.serverError } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Our agent is asleep. Call 555-0100.')).toBeVisible()
  },
}
