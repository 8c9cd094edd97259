import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, waitFor } from 'storybook/test'
import { StoryComposer } from '../../test/story-composer.tsx'
import { fileStates, storyUploads, textFile } from '../../test/story-files.ts'
import { Composer } from './index.ts'

/** Files that are dragged over the composer, and dropped there. */
const meta = {
  title: 'Composer/Dropzone',
  component: Composer.Dropzone,
  parameters: { fluo: { message: null, script: scripts.greeting, uploads: storyUploads } },
} satisfies Meta<typeof Composer.Dropzone>

export default meta

type Story = StoryObj<typeof meta>

/** Drags a file over an element, or drops it there. */
async function drag(type: 'dragenter' | 'drop', target: HTMLElement, file: File): Promise<void> {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
  await fireEvent(target, event)
}

/** Files are over the composer. */
export const DragOver: Story = {
  render: () => <StoryComposer />,
  play: async ({ canvas, canvasElement }) => {
    await drag('dragenter', await canvas.findByRole('textbox'), textFile('policy.txt'))
    await waitFor(() =>
      expect(canvasElement.querySelector('form')).toHaveAttribute('data-dragging'),
    )
    await expect(canvasElement.querySelector('form')).not.toHaveAttribute('data-refused')
  },
}

/** What is over the composer may not be uploaded. */
export const DragRefused: Story = {
  render: () => <StoryComposer />,
  play: async ({ canvas, canvasElement }) => {
    const program = new File(['x'], 'program.exe', { type: 'application/x-msdownload' })
    await drag('dragenter', await canvas.findByRole('textbox'), program)
    await waitFor(() => expect(canvasElement.querySelector('form')).toHaveAttribute('data-refused'))
  },
}

/** Dropped: it is uploaded. */
export const Dropped: Story = {
  render: () => <StoryComposer />,
  play: async ({ canvas, canvasElement }) => {
    await drag('drop', await canvas.findByRole('textbox'), textFile('policy.txt'))
    await waitFor(() => expect(fileStates(canvasElement)).toEqual([['policy.txt', 'ready']]))
  },
}
