import { deltaSteps, defineScript, scripts } from '@fluokit/testing'
import { storyAgent } from '@fluokit/testing/storybook'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { expect, waitFor } from 'storybook/test'
import { ChatThread, type AnnounceMode } from '../index.ts'

/** A chat, and below it in writing what a screen reader has heard of it. */
function Heard({ announce }: { readonly announce: AnnounceMode }): ReactNode {
  const page = useRef<HTMLDivElement>(null)
  const [heard, setHeard] = useState<readonly string[]>([])
  useEffect(() => {
    const announcer = page.current?.querySelector('[data-part=chat-thread-announcer]')
    const observer = new MutationObserver((records) => {
      const texts = records.flatMap(({ addedNodes }) => [...addedNodes].map(textOf))
      setHeard((before) => [...before, ...texts])
    })
    if (announcer) observer.observe(announcer, { subtree: true, childList: true })
    return () => observer.disconnect()
  }, [])
  return (
    <div
      ref={page}
      style={{ display: 'grid', gridTemplateRows: 'minmax(0, 1fr) auto', height: '100%' }}
    >
      <ChatThread.Default agentId={storyAgent} announce={announce} />
      <ol aria-label="Heard" translate="no" style={{ minHeight: '6lh', margin: 0 }}>
        {heard.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ol>
    </div>
  )
}

function textOf({ textContent }: Node): string {
  return textContent ?? ''
}

/**
 * What a screen reader hears, which nobody sees: `announce` of `ChatThread.Root`. Here it is written down below the chat.
 */
const meta = {
  title: 'ChatThread/Announcer',
  component: Heard,
  args: { announce: 'final' },
  parameters: { fluo: { script: scripts.thinkingAndTool, message: 'What is 17 times 23?' } },
} satisfies Meta<typeof Heard>

export default meta

type Story = StoryObj<typeof meta>

function heardIn(canvas: { getByRole: (role: string, by: object) => HTMLElement }): string[] {
  const list = canvas.getByRole('list', { name: 'Heard' })
  return [...list.children].map(textOf)
}

/** The answer once, when it is there. */
export const Final: Story = {
  play: async ({ canvas }) => {
    await waitFor(() => expect(heardIn(canvas)).toContain('Answer: 17 times 23 is 391.'))
    await expect(heardIn(canvas)).toContain('Using calculator.')
  },
}

/** Each sentence as it comes. */
export const Sentences: Story = {
  args: { announce: 'sentences' },
  parameters: {
    fluo: {
      script: defineScript('two sentences', [
        { event: { type: 'run_start' } },
        ...deltaSteps('Here is the first sentence. And here is '),
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/And here is/)).toBeVisible()
    await waitFor(() => expect(heardIn(canvas)).toContain('Here is the first sentence.'))
    await expect(heardIn(canvas).join(' ')).not.toContain('And here is')
  },
}

/** That the answer is there. */
export const Status: Story = {
  args: { announce: 'status' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(heardIn(canvas)).toContain('The answer is complete.'))
    await expect(heardIn(canvas).join(' ')).not.toContain('391')
  },
}

/** What went wrong, at once. */
export const Failure: Story = {
  parameters: { fluo: { script: scripts.errorEvent } },
  play: async ({ canvas }) => {
    await waitFor(() => expect(heardIn(canvas)).toContain('The assistant had a problem.'))
  },
}

/** That it was stopped, and nothing more of it. */
export const Stopped: Story = {
  parameters: {
    fluo: {
      isStopped: true,
      script: defineScript('begun', [
        { event: { type: 'run_start' } },
        ...deltaSteps('The first policy covers'),
        { fault: 'stall' },
      ]),
    },
  },
  play: async ({ canvas }) => {
    await waitFor(() => expect(heardIn(canvas)).toContain('Stopped.'))
    await expect(heardIn(canvas).join(' ')).not.toContain('The first policy')
  },
}

/** Nothing at all, of anything. */
export const Off: Story = {
  args: { announce: 'off' },
  play: async ({ canvas }) => {
    await canvas.findByText('17 times 23 is 391.')
    await expect(heardIn(canvas)).toEqual([])
  },
}
