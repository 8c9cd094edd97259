import { defineTools, type FluoEvent, type Tools } from '@fluokit/core'
import { act, cleanup, screen } from '@testing-library/react'
import fc from 'fast-check'
import { useState, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { clientOf, partNamed, renderWith } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Message, ToolCall, useToolCall } from '../index.ts'
import { readableJson } from './readable-json.ts'

const agent = { agentId: 'agent' }
const tools = defineTools({
  weather: { input: z.object({ place: z.string() }), output: z.object({ sky: z.string() }) },
})
const started = (input: unknown, name = 'weather'): FluoEvent => ({
  type: 'tool_start',
  callId: name,
  name,
  input,
})
const ended = (output: unknown, name = 'weather'): FluoEvent => ({
  type: 'tool_end',
  callId: name,
  output,
})

/** A chat whose tool calls are rendered by this. */
function setUp(children: () => ReactNode, registered: Tools | null = tools) {
  const hand = handDriven()
  const client = clientOf({ ...hand, ...(registered !== null && { tools: registered }) })
  renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Messages>
        {() => <Message.Parts>{(part) => part.type === 'tool-call' && children()}</Message.Parts>}
      </ChatThread.Messages>
    </ChatThread.Root>,
  )
  act(() => void client.thread(agent).send('Hi'))
  return hand
}

const card = () => (
  <ToolCall.Root tool="weather">
    {({ status, input, output }) => `${status} ${JSON.stringify([input, output])}`}
  </ToolCall.Root>
)
const shown = (): readonly (string | null)[] =>
  [...document.querySelectorAll('[data-part=tool-call-root]')].map((root) => root.textContent)

describe('ToolCall.Root with a tool', () => {
  it('gives its function child the typed call, while it runs and when it is done', async () => {
    const { newest } = setUp(card)
    await newest().emit(started({ place: 'Rome' }))
    const root = partNamed('tool-call-root')
    expect(shown()).toEqual(['running [{"place":"Rome"},null]'])

    await newest().emit(ended({ sky: 'clear' }))

    expect(shown()).toEqual(['done [{"place":"Rome"},{"sky":"clear"}]'])
    expect(partNamed('tool-call-root')).toBe(root)
    expect(root?.dataset).toMatchObject({ status: 'done', tool: 'weather' })
  })

  it('renders nothing for any other tool', async () => {
    const { newest } = setUp(() => (
      <>
        {card()}
        <ToolCall.Root tool="other">Mine</ToolCall.Root>
      </>
    ))
    await newest().emit(started({ place: 'Rome' }, 'search'), started({}, 'other'))

    expect(shown()).toEqual(['Mine'])
  })

  it('shows a call that does not fit raw, with a word for its status', async () => {
    const { newest } = setUp(card)
    await newest().emit(started({ town: 1 }))
    expect(screen.getByRole('button').textContent).toBe('weather running 0 s')

    await newest().emit(ended('rain'))

    const root = partNamed('tool-call-root')
    expect(root?.dataset['status']).toBe('invalid')
    expect(screen.getByRole('button').textContent).toMatch(/^weather unexpected data /)
    expect(partNamed('tool-call-status')?.dataset['status']).toBe('invalid')
    expect(screen.getByRole('group', { name: 'Input' }).textContent).toContain('"town": 1')
    expect(screen.getByRole('group', { name: 'Output' }).textContent).toBe('rain')
  })

  it('shows raw also what fitted until its result came, and what failed', async () => {
    const { newest } = setUp(card)
    await newest().emit(started({ place: 'Rome' }), ended(null))
    expect(screen.getByRole('group', { name: 'Output' }).textContent).toBe('null')

    await newest().emit(
      { type: 'tool_start', callId: 'd', name: 'weather', input: 7 },
      { type: 'tool_end', callId: 'd', error: 'No sky' },
    )

    expect(screen.getByText('No sky')).toBeDefined()
  })

  it('may use hooks in its function child, which end with it', async () => {
    function Count({ place }: { readonly place: string }): ReactNode {
      const [first] = useState(place)
      return first
    }
    const { newest } = setUp(() => (
      <ToolCall.Root tool="weather">
        {({ input }) => {
          const { place } = input as { place: string }
          // oxlint-disable-next-line react/rules-of-hooks -- a component renders it
          const [first] = useState(place)
          return (
            <>
              {first} <Count place={place} />
            </>
          )
        }}
      </ToolCall.Root>
    ))
    await newest().emit(started({ place: 'Rome' }))
    expect(shown()).toEqual(['Rome Rome'])

    await newest().emit(ended(7))

    expect(screen.getByRole('group', { name: 'Output' }).textContent).toBe('7')
  })

  it('takes plain children whatever the call brought', async () => {
    const { newest } = setUp(() => <ToolCall.Root tool="weather">Mine</ToolCall.Root>)
    await newest().emit(started(1), ended(2))

    expect(shown()).toEqual(['Mine'])
  })

  it('shows whatever came, as a card or raw, and throws at nothing', async () => {
    const data = fc.oneof(
      fc.constant({ place: 'Rome' }),
      fc.constant({ sky: 'clear' }),
      fc.jsonValue(),
    )
    const { input: takes, output: gives } = tools.schemas.weather
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(data, data), { minLength: 1 }), async (calls) => {
        cleanup()
        const { newest } = setUp(card)
        await newest().emit(
          ...calls.map(([input, output], index) => {
            const callId = String(index)
            return { type: 'tool_end', callId, name: 'weather', input, output } as const
          }),
        )

        const isFit = calls.map(
          ([input, output]) => takes.safeParse(input).success && gives.safeParse(output).success,
        )
        expect(shown().map((text) => text?.startsWith('done ['))).toEqual(isFit)
        const raw = [...document.querySelectorAll('pre')].map((json) => json.textContent)
        const unfit = calls.filter((_, index) => isFit[index] === false)
        expect(raw).toEqual(unfit.flat().map(readableJson))
      }),
      { numRuns: 25 },
    )
  })

  it('shows every call raw where the client has no tools', async () => {
    const { newest } = setUp(card, null)
    await newest().emit(started({ place: 'Rome' }), ended({ sky: 'clear' }))

    expect(screen.getByRole('button').textContent).toMatch(/^weather done /)
    expect(screen.getByRole('group', { name: 'Output' }).textContent).toContain('clear')
  })
})

describe('ToolCall.Root without a tool', () => {
  it('gives a function child each typed call, and shows any other raw', async () => {
    const { newest } = setUp(() => <ToolCall.Root>{({ name }) => `typed ${name}`}</ToolCall.Root>)
    await newest().emit(started({ place: 'Rome' }), started({ place: 'Rome' }, 'search'))

    expect(shown()[0]).toBe('typed weather')
    expect(screen.getByRole('button').textContent).toBe('search running 0 s')
  })
})

describe('useToolCall with a tool', () => {
  it('is the call where it is of that tool and fits, else null', async () => {
    function Ask(): ReactNode {
      const typed = useToolCall('weather')
      return <p>{[useToolCall().id, typed?.status, useToolCall('search')?.status].join()}</p>
    }
    const { newest } = setUp(() => <Ask />)
    const answers = (): unknown => screen.queryAllByText(/,/).map((line) => line.textContent)
    await newest().emit(started({ place: 'Rome' }))
    expect(answers()).toEqual(['weather,running,'])

    await newest().emit(ended({ sky: 'clear' }))
    await newest().emit({ type: 'tool_end', callId: 'x', name: 'weather' })
    await newest().emit(started({}, 'search'))

    expect(answers()).toEqual(['weather,done,', 'x,,', 'search,,'])
  })
})
