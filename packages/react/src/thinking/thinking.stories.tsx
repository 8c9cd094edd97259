import { defineScript, scripts } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState, type ReactNode } from 'react'
import { expect, fn, userEvent } from 'storybook/test'
import { findAnswer, StoryChat } from '../../test/story-chat.tsx'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from '../message/index.ts'
import { Thinking, type ThinkingRootProps } from './index.ts'

/** What the agent thinks: open until the answer follows, one quiet line afterwards. */
const meta = {
  title: 'Thinking',
  component: Thinking.Root,
  render: (args) => <Thoughts {...args} />,
  parameters: { fluo: { script: scripts.thinkingAndTool, message: 'What is 17 times 23?' } },
} satisfies Meta<typeof Thinking.Root>

export default meta

type Story = StoryObj<typeof meta>

function Thoughts(props: ThinkingRootProps): ReactNode {
  return (
    <StoryChat>
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Content>
              <Message.Parts>
                {({ type }) => {
                  if (type === 'text') return <Message.Text />
                  return (
                    type === 'thinking' && (
                      <Thinking.Root {...props}>
                        <Thinking.Trigger />
                        <Thinking.Panel />
                      </Thinking.Root>
                    )
                  )
                }}
              </Message.Parts>
            </Message.Content>
          </Message.Root>
        )}
      </ChatThread.Messages>
    </StoryChat>
  )
}

const start = { event: { type: 'run_start' } } as const
const thought = (text: string) => ({ event: { type: 'thinking_part', text } }) as const
const final = (text: string) => ({ event: { type: 'message_final', text } }) as const

const running = defineScript('thinking', [
  start,
  thought('The two policies differ in what they cover. '),
  { waitMs: 400 },
  thought('I compare them paragraph by paragraph.'),
  { fault: 'stall' },
])

/** It thinks right now. */
export const Running: Story = {
  parameters: { fluo: { script: running } },
  play: async ({ canvas }) => {
    const trigger = await canvas.findByRole('button', { name: 'Thinking' })
    await expect(trigger).toHaveAttribute('aria-expanded', 'true')
    await expect(trigger).toHaveAttribute('data-status', 'running')
    await expect(await canvas.findByText(/paragraph by paragraph/)).toBeVisible()
  },
}

/** It has thought, and folds out on a press. */
export const Thought: Story = {
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const trigger = canvas.getByRole('button', { name: 'Thought' })
    await expect(trigger).toHaveAttribute('aria-expanded', 'false')
    await userEvent.click(trigger)
    await expect(canvas.getByText(/I will use the calculator/)).toBeVisible()
  },
}

/** It has thought for a while, and says how long. Played at life speed, also in tests. */
export const ThoughtForSeconds: Story = {
  parameters: {
    fluo: {
      speed: 1,
      script: defineScript('a second of thinking', [
        start,
        thought('This one is not easy.'),
        { waitMs: 1200 },
        final('It is 391.'),
      ]),
    },
  },
  play: async ({ canvas }) => {
    const trigger = await canvas.findByRole('button', { name: /^Thought for [1-9]\d* s$/ })
    await expect(trigger).toHaveAttribute('aria-expanded', 'false')
    await expect(canvas.getByText('This one is not easy.')).not.toBeVisible()
  },
}

/** A first thought, an answer, and a second one: each folds by itself. */
export const TwoThoughts: Story = {
  parameters: {
    fluo: {
      script: defineScript('two thoughts', [
        start,
        thought('First the one.'),
        final('The first policy is cheaper.'),
        thought('Then the other.'),
        final('The second one covers more.'),
      ]),
    },
  },
  play: async ({ canvas }) => {
    await canvas.findByText('The second one covers more.')
    const [first, second] = canvas.getAllByRole('button', { name: 'Thought' })
    await userEvent.click(first as HTMLElement)
    await expect(canvas.getByText('First the one.')).toBeVisible()
    await expect(second).toHaveAttribute('aria-expanded', 'false')
  },
}

/** `defaultOpen`: it stays open when the answer comes. */
export const StaysOpen: Story = {
  args: { defaultOpen: true },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText(/I will use the calculator/)).toBeVisible()
  },
}

/** `defaultOpen={false}`: closed while it thinks, for who wants no noise. */
export const ClosedWhileRunning: Story = {
  args: { defaultOpen: false },
  parameters: { fluo: { script: running } },
  play: async ({ canvas }) => {
    const trigger = await canvas.findByRole('button', { name: 'Thinking' })
    await expect(trigger).toHaveAttribute('aria-expanded', 'false')
    await expect(canvas.getByText(/The two policies differ/)).not.toBeVisible()
  },
}

/** `open` and `onOpenChange`: the app decides, here from a switch above the chat. */
export const Controlled: Story = {
  args: { onOpenChange: fn() },
  render: (args) => <Switched {...args} />,
  play: async ({ args, canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    const text = canvas.getByText(/I will use the calculator/)
    await expect(text).not.toBeVisible()
    await userEvent.click(canvas.getByRole('checkbox'))
    await expect(text).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Thought' }))
    await expect(args.onOpenChange).toHaveBeenCalledWith(
      false,
      expect.objectContaining({ reason: 'trigger-press' }),
    )
    await expect(canvas.getByRole('checkbox')).not.toBeChecked()
  },
}

function Switched({ onOpenChange, ...props }: ThinkingRootProps): ReactNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <div style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', height: '100%' }}>
      <label translate="no">
        <input
          type="checkbox"
          checked={isOpen}
          onChange={(event) => setOpen(event.currentTarget.checked)}
        />
        Show thinking
      </label>
      <Thoughts
        {...props}
        open={isOpen}
        onOpenChange={(next, details) => {
          onOpenChange?.(next, details)
          setOpen(next)
        }}
      />
    </div>
  )
}

/** What the parts bring by themselves: structure, names and states, and no style. */
export const Unstyled: Story = {
  args: { defaultOpen: true },
  parameters: { unstyled: true },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await userEvent.click(canvas.getByRole('button', { name: 'Thought' }))
    await expect(canvas.getByText(/I will use the calculator/)).not.toBeVisible()
  },
}
