import { defineScript, type Script, type Step } from '@fluokit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { findAnswer, findPart, StoryChat } from '../../test/story-chat.tsx'
import {
  weatherTools as tools,
  type WeatherInput,
  type WeatherOutput,
} from '../../test/story-weather.ts'
import { ChatThread } from '../chat-thread/index.ts'
import { Message } from '../message/index.ts'
import { ToolCall } from './index.ts'

/** A tool whose data have a schema: a card gets them typed, and what does not fit is shown as it came. */
const meta = {
  title: 'ToolCall/Typed',
  component: ToolCall.Root,
  render: () => (
    <StoryChat>
      <ChatThread.Messages>
        {() => (
          <Message.Root>
            <Message.Content>
              <Message.Parts>
                {(part) => {
                  if (part.type === 'text') return <Message.Text />
                  return part.type === 'tool-call' && <WeatherCard />
                }}
              </Message.Parts>
            </Message.Content>
          </Message.Root>
        )}
      </ChatThread.Messages>
    </StoryChat>
  ),
} satisfies Meta<typeof ToolCall.Root>

export default meta

type Story = StoryObj<typeof meta>

/** An application registers its tools once, and needs none of these casts. */
function WeatherCard() {
  return (
    <ToolCall.Root tool="weather">
      {({ status, ...call }) => {
        const { place } = call.input as WeatherInput
        if (status === 'running')
          return (
            <p data-part="weather" translate="no">
              Looking at the sky of {place} …
            </p>
          )
        if (status !== 'done')
          return (
            <p data-part="weather" translate="no">
              No news of the sky of {place}.
            </p>
          )
        const { sky, degrees } = call.output as WeatherOutput
        return (
          <p data-part="weather" translate="no">
            {place}: {sky}, {degrees} °C
          </p>
        )
      }}
    </ToolCall.Root>
  )
}

function weather(name: string, input: unknown, ...rest: readonly Step[]): Script {
  return defineScript(name, [
    { event: { type: 'run_start' } },
    { event: { type: 'tool_start', callId: 'c1', name: 'weather', input } },
    ...rest,
  ])
}

function comesBack(output: unknown): readonly Step[] {
  return [
    { waitMs: 600 },
    { event: { type: 'tool_end', callId: 'c1', output } },
    { event: { type: 'message_final', text: 'Take a hat.' } },
  ]
}

/** What goes in fits, so the card is there while the tool runs. */
export const Running: Story = {
  parameters: {
    fluo: { tools, script: weather('running', { place: 'Rome' }, { fault: 'stall' }) },
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText(/^Looking at the sky of Rome/)).toBeVisible()
    await expect(await findPart(canvasElement, 'tool-call-root')).toHaveAttribute(
      'data-status',
      'running',
    )
  },
}

/** It came back with what its schema says. */
export const Typed: Story = {
  parameters: {
    fluo: {
      tools,
      script: weather('typed', { place: 'Rome' }, ...comesBack({ sky: 'clear', degrees: 21 })),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText('Rome: clear, 21 °C')).toBeVisible()
    await expect(canvas.queryByRole('button', { name: /weather/ })).toBeNull()
  },
}

/** It came back with something else: no card can be made of it, and all of it is still there. */
export const Invalid: Story = {
  parameters: {
    fluo: {
      tools,
      script: weather('invalid', { place: 'Rome' }, ...comesBack({ forecast: ['clear', 21] })),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByRole('button', { name: /^weather unexpected data/ })).toBeVisible()
    await expect(canvas.getByRole('group', { name: 'Output' })).toHaveTextContent('forecast')
    await expect(canvasElement.querySelector('[data-part="weather"]')).toBeNull()
  },
}

/** It failed: the card says so, for what went in did fit. */
export const Failed: Story = {
  parameters: {
    fluo: {
      tools,
      script: weather(
        'failed',
        { place: 'Rome' },
        { event: { type: 'tool_end', callId: 'c1', error: 'No sky' } },
        { event: { type: 'message_final', text: 'I cannot say.' } },
      ),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await findAnswer(canvasElement, 'done')
    await expect(canvas.getByText('No news of the sky of Rome.')).toBeVisible()
  },
}
