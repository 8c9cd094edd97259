import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { findPart } from '../../test/story-chat.tsx'
import { StoryComposer } from '../../test/story-composer.tsx'
import { fileStates, storyUploads, textFile } from '../../test/story-files.ts'
import { Composer } from './index.ts'

/** A text that was sent while its files were on their way. */
const meta = {
  title: 'Composer/Waiting',
  component: Composer.Waiting,
  parameters: { fluo: { message: null, script: scripts.greeting, uploads: storyUploads } },
} satisfies Meta<typeof Composer.Waiting>

export default meta

type Story = StoryObj<typeof meta>

/** Send was pressed: the text goes by itself once the file is ready, and can be kept back. */
export const Waiting: Story = {
  render: () => <StoryComposer added={[textFile('halfway.txt')]} defaultValue="What is in it?" />,
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await expect(await findPart(canvasElement, 'composer-waiting')).toHaveTextContent(
      'Sends when 1 file is ready…',
    )
    await expect(canvas.getByRole('button', { name: 'Do not send yet' })).toBeVisible()
    await expect(canvas.getByRole('textbox')).toHaveValue('What is in it?')
  },
}

/** Kept back: everything stays, and the input has the focus. */
export const WaitingCanceled: Story = {
  render: () => <StoryComposer added={[textFile('halfway.txt')]} defaultValue="What is in it?" />,
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Do not send yet' }))
    await expect(canvas.getByRole('textbox')).toHaveFocus()
    await expect(canvas.getByRole('textbox')).toHaveValue('What is in it?')
    await expect(canvasElement.querySelector('[data-part=composer-waiting]')).toBeNull()
  },
}

/** The file becomes ready: the text goes with it. */
export const SentByItself: Story = {
  render: () => <StoryComposer added={[textFile('slow.txt')]} defaultValue="What is in it?" />,
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await expect(fileStates(canvasElement)).toEqual([])
  },
}

/** A file fails while the text waits for it: nothing is sent, and the sentence says what can be done. */
export const FailedMeanwhile: Story = {
  render: () => <StoryComposer added={[textFile('slow, refused.txt')]} defaultValue="And this?" />,
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('progressbar')
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await expect(await findPart(canvasElement, 'composer-error')).toHaveTextContent(
      'A file could not be uploaded, so nothing was sent. Retry or remove it, then send again.',
    )
    await expect(canvas.getByRole('textbox')).toHaveValue('And this?')
    await expect(canvas.getByRole('button', { name: 'Retry slow, refused.txt' })).toBeVisible()
  },
}
