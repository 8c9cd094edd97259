import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { findPart } from '../../test/story-chat.tsx'
import { StoryComposer } from '../../test/story-composer.tsx'
import { fileStates, pictureFile, storyUploads } from '../../test/story-files.ts'
import { Attachment } from './index.ts'

/** The picture that a file shows. */
const meta = {
  title: 'Attachment/Preview',
  component: Attachment.Preview,
  parameters: { fluo: { message: null, script: scripts.greeting, uploads: storyUploads } },
} satisfies Meta<typeof Attachment.Preview>

export default meta

type Story = StoryObj<typeof meta>

/** The picture itself, from the person's own disk. */
export const Image: Story = {
  render: () => <StoryComposer added={[pictureFile('scan.png')]} />,
  play: async ({ canvas }) => {
    const picture = await canvas.findByRole('img', { name: 'Preview of scan.png' })
    await waitFor(() => expect(picture).toHaveAttribute('data-status', 'shown'))
  },
}

const broken = new File([new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10, 0])], 'broken.png', {
  type: 'image/png',
})

/** A picture that the browser cannot show is a file like others: it can be sent. */
export const Failed: Story = {
  render: () => <StoryComposer added={[broken]} />,
  play: async ({ canvasElement }) => {
    const picture = await findPart(canvasElement, 'attachment-preview')
    await waitFor(() => expect(picture).toHaveAttribute('data-status', 'failed'))
    await waitFor(() => expect(fileStates(canvasElement)).toEqual([['broken.png', 'ready']]))
  },
}
