import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { findPart } from '../../test/story-chat.tsx'
import { StoryComposer } from '../../test/story-composer.tsx'
import { fileStates, storedDraft, storyUploads, textFile } from '../../test/story-files.ts'
import { Composer } from './index.ts'

/** The files that go with the next turn: named by URL, uploaded, restored, taken out. */
const meta = {
  title: 'Composer/Attachments',
  component: Composer.AttachTrigger,
  parameters: { fluo: { message: null, script: scripts.greeting, uploads: storyUploads } },
} satisfies Meta<typeof Composer.AttachTrigger>

export default meta

type Story = StoryObj<typeof meta>

const animals = [
  ['image', 'https://files.example/cat.png'],
  ['image', 'https://files.example/dog.png'],
] as const

/** Nothing is attached. */
export const Empty: Story = {
  render: () => <StoryComposer />,
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('button', { name: 'Attach files' })).toBeVisible()
    await expect(fileStates(canvasElement)).toEqual([])
  },
}

/** Two that are named by URL. Files alone can be sent. */
export const Two: Story = {
  render: () => <StoryComposer files={animals} />,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Remove cat.png' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Remove dog.png' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Send' })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
  },
}

/** One is taken out: its neighbour has the focus. */
export const OneRemoved: Story = {
  render: () => <StoryComposer files={animals} />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove cat.png' }))
    await expect(canvas.getByRole('button', { name: 'Remove dog.png' })).toHaveFocus()
    await expect(canvas.queryByText('cat.png')).toBeNull()
  },
}

/** All are taken out: the input has the focus. */
export const AllRemoved: Story = {
  render: () => <StoryComposer files={animals} />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove cat.png' }))
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus()
    await expect(canvas.queryByText('dog.png')).toBeNull()
  },
}

/** More than can go with one message: the rest is left out, and counted. */
export const TooMany: Story = {
  render: () => (
    <StoryComposer
      added={Array.from({ length: 13 }, (_, index) => textFile(`page-${index + 1}.txt`, 10))}
    />
  ),
  play: async ({ canvasElement }) => {
    await expect(await findPart(canvasElement, 'composer-error')).toHaveTextContent(
      '3 files were left out: a message can have at most 10.',
    )
    await expect(fileStates(canvasElement)).toHaveLength(10)
  },
}

const many = Array.from(
  { length: 9 },
  (_, index) => ['document', `https://files.example/part-${index + 1}-of-the-policy.pdf`] as const,
)
const named = [
  ['document', 'https://files.example/חוזה.pdf'],
  ['audio', `https://files.example/${'recording-of-the-call-'.repeat(6)}.mp3`],
  ...many,
] as const

/** Many, with long names and names in another script: they wrap, and nothing scrolls sideways. */
export const Many: Story = {
  render: () => <StoryComposer files={named} defaultValue="Which of these is the newest?" />,
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('button', { name: 'Remove חוזה.pdf' })).toBeVisible()
    await expect(canvas.getAllByRole('button', { name: /^Remove/ })).toHaveLength(11)
    const input = canvas.getByRole('textbox', { name: 'Message' })
    await expect(input.clientWidth).toBeGreaterThan(canvasElement.clientWidth / 2)
    const form = canvasElement.querySelector('form')
    await expect(form?.scrollWidth).toBeLessThanOrEqual(form?.clientWidth ?? 0)
  },
}

/** From right to left, with names in two scripts. */
export const RightToLeft: Story = {
  render: () => (
    <StoryComposer added={[textFile('חוזה 2026.txt'), textFile('halfway in English.txt')]} />
  ),
  globals: { direction: 'rtl' },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(fileStates(canvasElement)[0]).toEqual(['חוזה 2026.txt', 'ready']))
    await expect(canvas.getByText('חוזה 2026.txt')).toBeVisible()
    const form = canvasElement.querySelector('form')
    await expect(form?.scrollWidth).toBeLessThanOrEqual(form?.clientWidth ?? 0)
  },
}

const left = {
  query: 'Compare these.',
  documents: [{ name: 'policy-a.pdf', mediaType: 'application/pdf', size: 48_000, ref: 'a' }],
  images: [{ name: 'scan.png', mediaType: 'image/png', size: 480, ref: 'b' }],
}

/** After a reload: the text and the files that were ready are there again, the picture from a short-lived URL. */
export const AfterReload: Story = {
  render: () => <StoryComposer />,
  parameters: { fluo: { storage: () => storedDraft(left) } },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() =>
      expect(fileStates(canvasElement)).toEqual([
        ['policy-a.pdf', 'ready'],
        ['scan.png', 'ready'],
      ]),
    )
    const picture = await canvas.findByRole('img', { name: 'Preview of scan.png' })
    await waitFor(() => expect(picture).toHaveAttribute('data-status', 'shown'))
  },
}

/** Sent: the composer is empty, and the question stands in the log. */
export const Sent: Story = {
  render: () => <StoryComposer files={animals} defaultValue="Which is the cat?" />,
  play: async ({ canvas }) => {
    await canvas.findByRole('button', { name: 'Remove cat.png' })
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), '{Enter}')
    await expect(await canvas.findByText(/scripted agent/)).toBeVisible()
    await expect(canvas.queryByRole('button', { name: /^Remove/ })).toBeNull()
  },
}
