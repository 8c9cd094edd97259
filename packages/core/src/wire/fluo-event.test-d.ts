import { describe, expectTypeOf, it } from 'vitest'
import type { FluoError } from './errors.ts'
import type { DecodeEvent, FluoEvent } from './fluo-event.ts'

describe('FluoEvent', () => {
  it('is narrowed by type', () => {
    const event = {} as FluoEvent

    if (event.type === 'error') expectTypeOf(event.error).toEqualTypeOf<FluoError>()
    if (event.type === 'tool_end') expectTypeOf(event.output).toEqualTypeOf<unknown>()
    if (event.type === 'unknown') expectTypeOf(event.raw).toEqualTypeOf<string>()
    if (event.type === 'message_delta') {
      expectTypeOf(event.text).toEqualTypeOf<string | undefined>()
      expectTypeOf(event).not.toHaveProperty('callId')
    }
  })
})

describe('DecodeEvent', () => {
  it('takes a function that wraps, replaces or drops', () => {
    expectTypeOf<DecodeEvent>().toBeCallableWith({ event: '', data: '', id: '' }, () => [])
    expectTypeOf(() => []).toExtend<DecodeEvent>()
    expectTypeOf(() => [{ type: 'message_final', text: 'a' } as const]).toExtend<DecodeEvent>()
    expectTypeOf(() => [{ type: 'nonsense' } as const]).not.toExtend<DecodeEvent>()
  })
})
