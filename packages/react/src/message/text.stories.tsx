import { deltaSteps, defineScript, scripts, type Script } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { findAnswer, StoryChat } from '../../test/story-chat.tsx'
import { Message } from './index.ts'

/** Text as it was written, a line at a time, in the direction of what it says. */
const meta = {
  title: 'Message/Text',
  component: Message.Text,
  render: () => <StoryChat />,
} satisfies Meta<typeof Message.Text>

export default meta

type Story = StoryObj<typeof meta>

function answering(text: string): Script {
  return defineScript('text', [
    { event: { type: 'run_start' } },
    ...deltaSteps(text),
    { event: { type: 'message_final', text } },
  ])
}

/** The text inside a message: the one element that says it. */
function textIn(message: HTMLElement): HTMLElement {
  const text = message.querySelector<HTMLElement>('[data-part=message-text]')
  if (text === null) throw new Error('The message has no text.')
  return text
}

/** Paragraphs, a list and a heading, in the characters that the agent wrote. */
export const Long: Story = {
  parameters: { fluo: { script: scripts.longAnswer, message: 'Compare the two policies.' } },
  play: async ({ canvasElement }) => {
    const text = textIn(await findAnswer(canvasElement, 'done'))
    await expect(text.textContent).toMatch(/^## Comparing the two policies\n\nBoth/)
    await expect(text.querySelectorAll(':scope > div > div').length).toBeGreaterThan(8)
  },
}

/** Text from right to left stands right, in a page that runs the other way. */
export const RightToLeft: Story = {
  parameters: {
    fluo: {
      script: answering('שלום! אני סוכן לדוגמה. שאלו אותי כל דבר.'),
      message: 'שלום, מה שלומך?',
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const answer = textIn(await findAnswer(canvasElement, 'done'))
    await expect(getComputedStyle(answer).direction).toBe('rtl')
    await expect(getComputedStyle(canvas.getByText('שלום, מה שלומך?')).direction).toBe('rtl')
  },
}

/** Both directions in one answer: its first word says which way it runs, names inside keep theirs. */
export const BothDirections: Story = {
  parameters: {
    fluo: {
      message: 'What does שלום mean?',
      script: answering('שלום means peace. In a letter one writes שלום רב, and then the name.'),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const answer = textIn(await findAnswer(canvasElement, 'done'))
    await expect(getComputedStyle(answer).direction).toBe('rtl')
    await expect(getComputedStyle(canvas.getByText(/What does/)).direction).toBe('ltr')
  },
}

/** A word longer than the page breaks, and nothing scrolls sideways. */
export const VeryLongWord: Story = {
  parameters: {
    fluo: {
      message: `What is ${'x'.repeat(300)}?`,
      script: answering(`That is https://files.example/${'a-very-long-address-'.repeat(30)} here.`),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const log = canvas.getByRole('log')
    await expect(log.scrollWidth).toBeLessThanOrEqual(log.clientWidth)
  },
}

/** Spaces, indentation and blank lines stay: a table drawn with characters keeps its columns. */
export const KeepsItsSpaces: Story = {
  parameters: {
    fluo: {
      message: 'Line one\n\n    and one set in',
      script: answering('name      price\n  first     300\n  second    150\n\nThat is all.'),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const answer = textIn(await findAnswer(canvasElement, 'done'))
    await expect(answer.textContent).toBe(
      'name      price\n  first     300\n  second    150\n\nThat is all.',
    )
    await expect(getComputedStyle(answer).whiteSpace).toBe('pre-wrap')
    const question = canvas.getByRole('article', { name: /^You/ })
    await expect(textIn(question).textContent).toBe('Line one\n\n    and one set in')
  },
}

/** A reader's text, not a machine's: what looks like markup stays text. */
export const MarkupIsText: Story = {
  parameters: {
    fluo: {
      message: '<b>Is this bold?</b>',
      script: answering('No: <b>bold</b> & <i>italic</i>.'),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const answer = textIn(await findAnswer(canvasElement, 'done'))
    await expect(answer.querySelector('b')).toBeNull()
    await expect(canvas.getByText('<b>Is this bold?</b>')).toBeVisible()
  },
}
