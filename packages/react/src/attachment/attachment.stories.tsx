import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { StoryComposer } from '../../test/story-composer.tsx'
import { fileStates, pictureFile, storyUploads, textFile } from '../../test/story-files.ts'
import { Attachment } from './index.ts'

/** One file in the composer, from the moment it is added. */
const meta = {
  title: 'Attachment',
  component: Attachment.Root,
  parameters: { fluo: { message: null, script: scripts.greeting, uploads: storyUploads } },
} satisfies Meta<typeof Attachment.Root>

export default meta

type Story = StoryObj<typeof meta>

const three = ['halfway-1.txt', 'halfway-2.txt', 'halfway-3.txt'].map((name) => textFile(name))

/** Three are uploaded at once; the fourth waits for its turn. */
export const Queued: Story = {
  render: () => <StoryComposer added={[...three, textFile('later.txt')]} />,
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(fileStates(canvasElement)[0]?.[1]).toBe('uploading'))
    await expect(fileStates(canvasElement).at(-1)).toEqual(['later.txt', 'queued'])
    await expect(canvas.getAllByRole('progressbar')).toHaveLength(4)
  },
}

/** Half of it is sent. */
export const Midway: Story = {
  render: () => <StoryComposer added={[textFile('halfway.txt')]} />,
  play: async ({ canvas }) => {
    const bar = await canvas.findByRole('progressbar', { name: 'Upload of halfway.txt' })
    await waitFor(() => expect(bar).toHaveAttribute('aria-valuenow', '50'))
    await expect(bar).toHaveAttribute('aria-valuetext', '23 kB of 47 kB')
  },
}

/** Uploaded, and in the draft. */
export const Ready: Story = {
  render: () => <StoryComposer added={[textFile('policy.txt'), pictureFile('scan.png')]} />,
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() =>
      expect(fileStates(canvasElement)).toEqual([
        ['policy.txt', 'ready'],
        ['scan.png', 'ready'],
      ]),
    )
    await expect(canvas.queryByRole('progressbar')).toBeNull()
  },
}

const wrong = [
  textFile('empty.txt', 0),
  textFile('large.txt', 2 * 1024 * 1024),
  new File(['x'], 'program.exe', { type: 'application/x-msdownload' }),
  new File(['text'], 'renamed.pdf', { type: 'application/pdf' }),
  textFile('refused.txt'),
  textFile('forbidden.txt'),
]

/** What can go wrong with a file stands beside it, in plain words; only what could help can be tried again. */
export const Failures: Story = {
  render: () => <StoryComposer added={wrong} defaultValue="The text stays." />,
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() =>
      expect(fileStates(canvasElement).map(([, status]) => status)).toEqual(
        wrong.map(() => 'failed'),
      ),
    )
    for (const sentence of [
      'This file is empty.',
      'This file is larger than 1 MB, the most that a file may have.',
      'Files of this kind cannot be attached.',
      'This file is not of the kind that its name says.',
      'The file could not be stored.',
      'Files cannot be attached here.',
    ]) {
      await expect(canvas.getByText(`Failed. ${sentence}`)).toBeVisible()
    }
    await expect(
      canvas.getAllByRole('button', { name: /^Retry/ }).map((button) => button.ariaLabel),
    ).toEqual(['Retry refused.txt', 'Retry forbidden.txt'])
  },
}

/** A file that failed is tried again. */
export const Retried: Story = {
  render: () => <StoryComposer added={[textFile('once refused.txt')]} />,
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Retry once refused.txt' }))
    await expect(canvas.getByRole('button', { name: 'Remove once refused.txt' })).toHaveFocus()
    await waitFor(() => expect(fileStates(canvasElement)).toEqual([['once refused.txt', 'ready']]))
  },
}

/** As it is, without a style sheet. */
export const Unstyled: Story = {
  render: () => <StoryComposer added={[textFile('policy.txt'), textFile('halfway.txt')]} />,
  parameters: { unstyled: true },
  play: async ({ canvasElement }) => {
    await waitFor(() =>
      expect(fileStates(canvasElement)).toEqual([
        ['policy.txt', 'ready'],
        ['halfway.txt', 'uploading'],
      ]),
    )
  },
}
