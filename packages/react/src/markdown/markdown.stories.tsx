import { defineScript, deltaSteps, type Script } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, userEvent, waitFor } from 'storybook/test'
import { findAnswer, findPart, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import type { ChatMessage } from '../chat-messages.ts'
import { Message } from '../message/index.ts'
import { Markdown, type MarkdownCode } from './index.ts'
import { everyBlock, hostile, rightToLeft, section } from './__fixtures__/answers.ts'

/** An answer with headings, lists, tables and code, which is safe as it comes. */
const meta = {
  title: 'Markdown',
  component: Markdown.Text,
  render: (args) => (
    <StoryChat>
      <ChatThread.Messages>
        {(message) => <MarkdownMessage message={message} {...args} />}
      </ChatThread.Messages>
    </StoryChat>
  ),
} satisfies Meta<typeof Markdown.Text>

export default meta

type Story = StoryObj<typeof meta>

interface MarkdownMessageProps {
  readonly message: ChatMessage
  readonly renderCode?: ((code: MarkdownCode) => ReactNode) | undefined
}

/** A question as it was written, and an answer as Markdown. */
function MarkdownMessage({ message: { role }, renderCode }: MarkdownMessageProps): ReactNode {
  return (
    <Message.Root>
      <Message.Content>
        <Message.Parts>
          {() => (role === 'user' ? <Message.Text /> : <Markdown.Text renderCode={renderCode} />)}
        </Message.Parts>
      </Message.Content>
    </Message.Root>
  )
}

function answering(text: string): Script {
  return defineScript('markdown', [
    { event: { type: 'run_start' } },
    ...deltaSteps(text),
    { event: { type: 'message_final', text } },
  ])
}

/** An answer that has come so far, and goes on some other time. */
function halfOf(text: string): Script {
  return defineScript('half', [
    { event: { type: 'run_start' } },
    { event: { type: 'message_delta', text } },
    { fault: 'stall' },
  ])
}

/** Every block that there is, as it comes. */
export const EveryBlock: Story = {
  parameters: { fluo: { script: answering(everyBlock), message: 'Show me everything.' } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByRole('heading', { name: 'Every block' })).toBeVisible()
    await expect(canvas.getByRole('table')).toBeVisible()
    await expect(canvas.getByRole('group', { name: 'Code, ts' })).toBeVisible()
    await expect(canvas.getByRole('img', { name: 'Done' })).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'a reference' })).toHaveAttribute(
      'href',
      'https://fluo.example/docs',
    )
  },
}

/** Half a fence is a block of code, and says that more may come. */
export const HalfACodeBlock: Story = {
  parameters: { fluo: { script: halfOf('Try this:\n\n```ts\nconst answer = 6 * ') } },
  play: async ({ canvasElement }) => {
    const code = await findPart(canvasElement, 'markdown-code')
    await expect(code).toHaveAttribute('data-open')
    await expect(code).toHaveTextContent('const answer = 6 *')
  },
}

/** The beginning of a mark is what it begins; half a link is its words, and no link yet. */
export const HalfMarks: Story = {
  parameters: { fluo: { script: halfOf('This is **very imp') } },
  play: async ({ canvas, canvasElement }) => {
    const text = await findPart(canvasElement, 'markdown-strong')
    await expect(text).toHaveTextContent('very imp')
    await expect(canvas.queryByText(/\*/)).toBeNull()
  },
}

/** A link is its words until its last bracket has come. */
export const HalfALink: Story = {
  parameters: { fluo: { script: halfOf('Read [the documentation](https://fluo.exa') } },
  play: async ({ canvas, canvasElement }) => {
    const text = await findPart(canvasElement, 'markdown-paragraph')
    await expect(text).toHaveTextContent('Read the documentation')
    await expect(canvas.queryByRole('link')).toBeNull()
  },
}

/** The first row of a table is its head, before anything below has said so. */
export const HalfATable: Story = {
  parameters: { fluo: { script: halfOf('| Plan | Price |\n|---') } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('columnheader', { name: 'Price' })).toBeVisible()
    await expect(canvas.queryByText(/\|/)).toBeNull()
  },
}

/** What an agent was tricked into saying stays words: nothing runs, nothing is fetched. An address in plain sight is a link. */
export const Hostile: Story = {
  parameters: { fluo: { script: answering(hostile), message: 'Summarise this page.' } },
  play: async ({ canvas, canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    await expect(answer.querySelector('img, script, iframe, svg, style')).toBeNull()
    await expect(canvas.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      'https://evil.example/x.png',
      'a picture that is not fetched',
    ])
  },
}

/** Each block runs as its words do; code runs from left to right. */
export const RightToLeft: Story = {
  parameters: { fluo: { script: answering(rightToLeft), message: 'שלום' } },
  play: async ({ canvas, canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    const code = answer.querySelector('pre')
    await expect(getComputedStyle(canvas.getByRole('heading', { name: /שלום/ })).direction).toBe(
      'rtl',
    )
    await expect(code === null ? '' : getComputedStyle(code).direction).toBe('ltr')
  },
}

/** 200 kB in one answer. */
export const VeryLong: Story = {
  parameters: {
    fluo: {
      message: 'Write a book.',
      script: defineScript('book', [
        { event: { type: 'run_start' } },
        ...Array.from({ length: 20 }, () => ({
          event: { type: 'message_delta' as const, text: section.repeat(2) },
        })),
        { event: { type: 'message_final', text: section.repeat(40) } },
      ]),
    },
  },
  play: async ({ canvasElement }) => {
    const answer = await findAnswer(canvasElement, 'done')
    await expect(answer.querySelectorAll('h5')).toHaveLength(40)
  },
}

/** `renderCode`: a highlighter of the app. */
export const Highlighter: Story = {
  args: { renderCode: renderShout },
  parameters: { fluo: { script: answering('```sh\nnpm test\n```') } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText('NPM TEST')).toBeVisible()
  },
}

function renderShout({ code }: MarkdownCode): ReactNode {
  return (
    <pre translate="no">
      <code>{code.toUpperCase()}</code>
    </pre>
  )
}

/** Copies the code and nothing around it. */
export const CopyCode: Story = {
  parameters: { fluo: { script: answering('```sh\nnpm test\n```') } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await userEvent.click(canvas.getByRole('button', { name: 'Copy code' }))
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: /Copied|Could not copy/ })).toBeVisible(),
    )
  },
}

/** What the part brings by itself: elements that mean something, and no style. */
export const Unstyled: Story = {
  parameters: { unstyled: true, fluo: { script: answering(everyBlock) } },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByRole('table')).toBeVisible()
  },
}
