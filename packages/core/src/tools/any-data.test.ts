import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fold } from '../thread/fold.ts'
import { emptyRun, type Run, type ToolCallPart } from '../thread/thread-state.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { defineTools } from './define-tools.ts'
import type { StandardSchema } from './standard-schema.ts'

const runOf = (events: readonly FluoEvent[]): Run =>
  events.reduce<Run>((run, event) => fold(run, event), emptyRun('run'))
const callsOf = (run: Run): readonly ToolCallPart[] =>
  run.messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool-call'))
const schema = (validate: (value: unknown) => unknown): StandardSchema => ({
  '~standard': { version: 1, vendor: 'test', validate },
})

describe('defineTools, with any data', () => {
  it('leaves the data as they came, whatever they are and whatever a schema does to them', () => {
    const vandal = schema((value) => {
      if (typeof value === 'object' && value !== null) {
        for (const key of Object.keys(value)) Reflect.deleteProperty(value, key)
        Reflect.set(value, 'mine', true)
      }
      return { value: null }
    })
    const schemas = [
      vandal,
      z.object({ a: z.coerce.number().default(1) }),
      z.string().transform((text) => text.length),
      v.record(v.string(), v.number()),
      v.lazy(() => v.never()),
      schema((value) => (value as { a: { b: unknown } }).a.b),
    ]
    const name = fc.constantFrom('weather', 'other', '__proto__', 'constructor')
    const event: fc.Arbitrary<FluoEvent> = fc.record(
      {
        type: fc.constantFrom('tool_start', 'tool_end'),
        callId: fc.constantFrom('c', 'd'),
        name,
        input: fc.jsonValue(),
        output: fc.jsonValue(),
        error: fc.string(),
      },
      { requiredKeys: ['type'] },
    )
    const pick = fc.constantFrom(...schemas)
    fc.assert(
      fc.property(pick, pick, fc.array(event, { maxLength: 8 }), (input, output, events) => {
        const tools = defineTools({ weather: { input, output }, other: { output } })
        const raw = runOf(events)
        const before = structuredClone(raw)
        let stepwise = emptyRun('run')
        for (const each of events) stepwise = tools.checkRun(fold(stepwise, each))
        const atOnce = tools.checkRun(raw)

        expect(raw).toEqual(before)
        expect(atOnce).toEqual(stepwise)
        const facts = callsOf(atOnce).map(({ isTyped: _isTyped, ...call }) =>
          call.status === 'invalid' ? { ...call, status: 'done' } : call,
        )
        expect(facts).toEqual(callsOf(raw))
        const invalid = callsOf(atOnce).filter(({ status }) => status === 'invalid')
        expect(invalid.every(({ isTyped }) => isTyped === false)).toBe(true)
      }),
    )
  })

  it('takes data nested more deeply than a copy can be made of', () => {
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level += 1) deep = [deep]
    const tools = defineTools({ weather: { input: z.array(z.unknown()) } })

    const [call] = callsOf(
      tools.checkRun(runOf([{ type: 'tool_end', name: 'weather', input: deep }])),
    )

    expect(call?.input === deep).toBe(true)
  })
})
