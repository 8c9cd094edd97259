import { scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, waitFor } from 'storybook/test'
import { findAnswer, renderText, StoryChat } from '../../test/story-chat.tsx'
import { storyUploads } from '../../test/story-files.ts'
import type { TurnFile } from '../attachment/turn-file.ts'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from './index.ts'

/** The files that went with a question, by names that are safe to show. */
const meta = {
  title: 'Message/Attachments',
  component: ChatThread.Default,
  args: { agentId: storyAgent },
  parameters: { fluo: { script: scripts.greeting } },
} satisfies Meta<typeof ChatThread.Default>

export default meta

type Story = StoryObj<typeof meta>

const documents = [
  'https://files.example/policies/policy-a.pdf?signature=secret',
  { name: 'Policy B (2026).pdf', mediaType: 'application/pdf', size: 48_000, ref: 'upload_2' },
]

/** Documents by URL and by upload. Of a URL nothing but its last segment is shown. */
export const Documents: Story = {
  parameters: { fluo: { message: { query: 'Compare the two policies.', documents } } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText('policy-a.pdf')).toBeVisible()
    await expect(canvas.getByText('Policy B (2026).pdf')).toBeVisible()
    await expect(canvasElement).not.toHaveTextContent('secret')
  },
}

/** Files alone are a question, too. */
export const NoText: Story = {
  parameters: { fluo: { message: { query: '', images: ['https://files.example/cat.png'] } } },
  play: async ({ canvas }) => {
    const question = await canvas.findByRole('article', { name: /^You/ })
    await expect(question.querySelector('[data-part=message-content]')).toHaveTextContent(
      /^cat\.png$/,
    )
  },
}

const scan = { name: 'scan.png', mediaType: 'image/png', size: 480, ref: 'upload_3' }
const withPicture = { query: 'What does this say?', images: [scan] }

/** An uploaded picture of an earlier page, from a short-lived URL; its size stands beside it. */
export const Picture: Story = {
  parameters: { fluo: { message: withPicture, uploads: storyUploads } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const picture = await canvas.findByRole('img', { name: 'Preview of scan.png' })
    await waitFor(() => expect(picture).toHaveAttribute('data-status', 'shown'))
    await expect(canvas.getByText('480 bytes')).toBeVisible()
  },
}

/** A picture that is no longer there: the message stays, and its file by name. */
export const PictureGone: Story = {
  parameters: { fluo: { message: withPicture, uploads: () => storyUploads(() => null) } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const picture = await canvas.findByRole('img', { name: 'Preview of scan.png' })
    await waitFor(() => expect(picture).toHaveAttribute('data-status', 'failed'))
    await expect(canvas.getByText('scan.png')).toBeVisible()
  },
}

/** Documents, images and audio, each shown in a way of its own by `kind`; one has a name in another script. */
export const ByKind: Story = {
  render: () => (
    <StoryChat>
      <ChatThread.Messages>{renderWithFiles}</ChatThread.Messages>
    </StoryChat>
  ),
  parameters: {
    fluo: {
      message: {
        query: 'What do these have in common?',
        documents: ['https://files.example/חוזה.pdf'],
        images: ['https://files.example/a-photograph-with-a-name-that-goes-on-and-on-and-on.jpeg'],
        audios: ['https://files.example/call.mp3'],
      },
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const names = canvas.getAllByRole('listitem').map(({ textContent }) => textContent)
    await expect(names).toEqual([
      'documentחוזה.pdf',
      'imagea-photograph-with-a-name-that-goes-on-and-on-and-on.jpeg',
      'audiocall.mp3',
    ])
  },
}

function renderFile({ kind, name }: TurnFile): ReactNode {
  return (
    <li data-part="file">
      <small translate="no" style={{ marginInlineEnd: '0.375rem' }}>
        {kind}
      </small>
      <bdi>{name}</bdi>
    </li>
  )
}

function renderWithFiles({ role }: { readonly role: string }): ReactNode {
  return (
    <Message.Root>
      <Message.Content>
        <Message.Parts>{renderText}</Message.Parts>
        {role === 'user' && (
          <ul style={{ margin: 0, padding: 0 }}>
            <Message.Attachments>{renderFile}</Message.Attachments>
          </ul>
        )}
      </Message.Content>
    </Message.Root>
  )
}
