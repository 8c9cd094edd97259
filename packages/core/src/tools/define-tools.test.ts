import * as v from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { fold } from '../thread/fold.ts'
import { emptyRun, type Run, type ToolCallPart, type Turn } from '../thread/thread-state.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { countedSchema } from './__fixtures__/counted-schema.ts'
import { defineTools } from './define-tools.ts'
import type { StandardSchema } from './standard-schema.ts'
import type { Tools } from './tools.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const start = (input?: unknown, name = 'weather'): FluoEvent => ({
  type: 'tool_start',
  callId: 'c',
  name,
  ...(input !== undefined && { input }),
})
const end = (output?: unknown): FluoEvent => ({
  type: 'tool_end',
  callId: 'c',
  ...(output !== undefined && { output }),
})
const failed: FluoEvent = { type: 'tool_end', callId: 'c', error: 'No sky' }

const runOf = (...events: readonly FluoEvent[]): Run =>
  events.reduce<Run>((run, event) => fold(run, event), emptyRun('run'))
const callsOf = (run: Run): readonly ToolCallPart[] =>
  run.messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool-call'))
/** The first call of a run of these events, checked. */
function checked(tools: Tools, ...events: readonly FluoEvent[]): ToolCallPart | undefined {
  return callsOf(tools.checkRun(runOf(...events)))[0]
}
const schema = (validate: (value: unknown) => unknown): StandardSchema => ({
  '~standard': { version: 1, vendor: 'test', validate },
})

/** What the developer's console is told. */
function warnings(): readonly unknown[] {
  vi.stubEnv('NODE_ENV', 'development')
  const said: unknown[] = []
  vi.spyOn(console, 'warn').mockImplementation((...words) => void said.push(...words))
  return said
}

describe.each([
  ['zod', z.object({ place: z.string() }), z.object({ sky: z.string(), degrees: z.number() })],
  ['valibot', v.object({ place: v.string() }), v.object({ sky: v.string(), degrees: v.number() })],
])('defineTools with %s', (_, input, output) => {
  const tools = defineTools({ weather: { input, output } })
  const sky = { sky: 'clear', degrees: 21 }

  it('types a call that fits, from its start to its end', () => {
    expect(checked(tools, start({ place: 'Rome' }))).toMatchObject({
      status: 'running',
      isTyped: true,
    })
    expect(checked(tools, start({ place: 'Rome' }), end(sky))).toMatchObject({
      status: 'done',
      isTyped: true,
      input: { place: 'Rome' },
      output: sky,
    })
  })

  it('leaves the status of a call that goes on, failed or never ended, whatever went in', () => {
    expect(checked(tools, start({ town: 1 }))).toMatchObject({ status: 'running', isTyped: false })
    expect(checked(tools, start({ town: 1 }), failed)).toMatchObject({
      status: 'failed',
      isTyped: false,
    })
    expect(checked(tools, start({ place: 'Rome' }), failed)).toMatchObject({
      status: 'failed',
      isTyped: true,
    })
    const ended = runOf(start({ town: 1 }), { type: 'error', error: { code: 'upstream' } })
    expect(callsOf(tools.checkRun(ended))[0]).toMatchObject({
      status: 'unfinished',
      isTyped: false,
    })
  })

  it.each([
    ['the input', { place: 7 }, sky],
    ['the output', { place: 'Rome' }, 'rain'],
    ['a missing output', { place: 'Rome' }, undefined],
    ['a missing input', undefined, sky],
  ])('finds %s of a call that is done invalid, and keeps it as it came', (_name, came, went) => {
    const call = checked(tools, start(came), end(went))

    expect(call).toMatchObject({ status: 'invalid', isTyped: false })
    expect(call?.input).toEqual(came)
    expect(call?.output).toEqual(went)
  })
})

describe('defineTools', () => {
  const place = z.object({ place: z.string() })

  it('converts nothing: a schema that would checks what came', () => {
    const tools = defineTools({
      weather: {
        input: z.object({ day: z.coerce.number(), unit: z.string().default('C') }),
        output: v.pipe(v.string(), v.transform(Number)),
      },
    })

    const call = checked(tools, start({ day: '3', more: true }), end('21'))

    expect(call).toMatchObject({ isTyped: true, input: { day: '3', more: true }, output: '21' })
  })

  it('takes a side without a schema as it comes', () => {
    const onlyInput = defineTools({ weather: { input: place } })
    const neither = defineTools({ weather: {} })

    expect(checked(onlyInput, start({ place: 'Rome' }), end(7))?.isTyped).toBe(true)
    expect(checked(neither, start(), end())?.isTyped).toBe(true)
  })

  it('knows no tool but its own, whatever a tool is called', () => {
    const tools = defineTools({ sum: { input: place } })
    for (const name of ['weather', '', 'constructor', '__proto__', 'toString']) {
      const run = runOf({ type: 'tool_end', name, output: 1 })

      expect(tools.checkRun(run)).toBe(run)
    }
  })

  it('finds a call right again whose input came late', () => {
    const tools = defineTools({ weather: { input: place } })
    const early = tools.checkRun(runOf({ type: 'tool_end', callId: 'c', name: 'weather' }))
    expect(callsOf(early)[0]).toMatchObject({ status: 'invalid', isTyped: false })

    const late = tools.checkRun(fold(early, start({ place: 'Rome' })))

    expect(callsOf(late)[0]).toMatchObject({ status: 'done', isTyped: true })
  })

  it('checks a call again only once it has changed, and keeps what has not', () => {
    const input = countedSchema(() => true)
    const output = countedSchema(() => true)
    const tools = defineTools({ weather: { input, output } })

    const first = tools.checkRun(runOf(start(1)))
    const asText = fold(first, { type: 'message_delta', text: 'Looking' })
    const grown = tools.checkRun(asText)
    expect(callsOf(grown)[0]).toBe(callsOf(first)[0])
    expect(tools.checkRun(grown)).toBe(grown)
    expect([input.asked, output.asked]).toEqual([[1], []])

    tools.checkRun(fold(grown, end(2)))
    expect([input.asked, output.asked]).toEqual([[1, 1], [2]])
  })

  it('checks kept turns once, and by what it is now, not by what they say', () => {
    const input = countedSchema((value) => value === 'new')
    const tools = defineTools({ weather: { input } })
    const old = defineTools({ weather: { input: countedSchema((value) => value === 'old') } })
    const turn = (id: string, value: string): Turn => {
      const run = { ...runOf(start(value), end()), id, end: 'done' } as const
      return { id, input: { query: '' }, sentAt: 0, runs: [old.checkRun(run)] }
    }
    const statuses = (turns: readonly Turn[]): unknown =>
      turns.flatMap(({ runs }) => runs.flatMap(callsOf)).map(({ status }) => status)
    const kept = [turn('1', 'old'), turn('2', 'new')]
    expect(statuses(kept)).toEqual(['done', 'invalid'])

    const turns = tools.checkTurns(kept)

    expect(statuses(turns)).toEqual(['invalid', 'done'])
    expect(tools.checkTurns(turns)).toBe(turns)
    expect(tools.checkTurns([...turns])[0]).toBe(turns[0])
    expect(input.asked).toEqual(['old', 'new'])
  })

  it('takes the marks of other schemas from a tool that it does not know', () => {
    const old = defineTools({ weather: { input: countedSchema(() => false) } })
    const tools = defineTools({})
    const marked = old.checkRun(runOf(start(1), end(2)))

    expect(callsOf(tools.checkRun(marked))).toEqual(callsOf(runOf(start(1), end(2))))
  })

  it.each([
    ['zod', z.object({ place: z.string().refine(async () => Promise.resolve(true)) })],
    [
      'valibot',
      v.objectAsync({
        place: v.pipeAsync(
          v.string(),
          v.checkAsync(() => Promise.resolve(true)),
        ),
      }),
    ],
    ['a promise that is refused', schema(() => Promise.reject(new Error('no')))],
  ])(
    'waits for no schema: a call stays untyped, and a developer is told once (%s)',
    async (name, input) => {
      const said = warnings()
      const tools = defineTools({ [name]: { input } })

      const call = checked(tools, start({ place: 'Rome' }, name), end(1))
      checked(tools, start({ place: 'Oslo' }, name), end(1))
      await new Promise((resolve) => setTimeout(resolve)) // a rejection that nobody handles fails the run

      expect(call).toMatchObject({ status: 'done', isTyped: false })
      expect(said).toEqual([expect.stringContaining(`"${name}" is asynchronous`)])
    },
  )

  it('says nothing of what a schema saw when that throws, and counts the call as one that does not fit', () => {
    const said = warnings()
    const tools = defineTools({
      weather: {
        output: schema((value) => {
          throw new Error(`secret ${String(value)}`)
        }),
      },
    })

    expect(checked(tools, start(), end('data'))).toMatchObject({
      status: 'invalid',
      isTyped: false,
      output: 'data',
    })
    expect(said).toEqual([expect.stringMatching(/schema of the tool "weather" threw/)])
    expect(String(said)).not.toMatch(/secret|data/)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['an empty list of issues', { issues: [] }],
  ])('takes %s for no answer of a schema', (_, answer) => {
    const tools = defineTools({ weather: { input: schema(() => answer) } })

    expect(checked(tools, start(1), end())).toMatchObject({ status: 'invalid', isTyped: false })
  })

  it('gives a schema that is no schema the same treatment', () => {
    const tools = defineTools({ weather: { input: { type: 'object' } as never } })

    expect(checked(tools, start(1), end())).toMatchObject({ status: 'invalid', isTyped: false })
  })
})
