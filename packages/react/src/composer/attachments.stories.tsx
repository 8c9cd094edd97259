import { scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { StoryComposer } from '../../test/story-composer.tsx'
import { Attachment } from '../attachment/index.ts'

/** The files that go with the next turn. Each can be taken out; the focus never falls off the page. */
const meta = {
  title: 'Composer/Attachments',
  component: Attachment.Remove,
  render: () => <StoryComposer files={animals} />,
  parameters: { fluo: { message: null, script: scripts.greeting } },
} satisfies Meta<typeof Attachment.Remove>

export default meta

type Story = StoryObj<typeof meta>

const animals = [
  ['image', 'https://files.example/cat.png'],
  ['image', 'https://files.example/dog.png'],
] as const

/** Two of them. Files alone can be sent. */
export const Two: Story = {
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
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove cat.png' }))
    await expect(canvas.getByRole('button', { name: 'Remove dog.png' })).toHaveFocus()
    await expect(canvas.queryByText('cat.png')).toBeNull()
  },
}

/** All are taken out: the input has the focus. */
export const AllRemoved: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove cat.png' }))
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus()
    await expect(canvas.queryByText('dog.png')).toBeNull()
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
