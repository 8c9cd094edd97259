import { describe, expectTypeOf, it } from 'vitest'
import type { RunEnd, ThreadState } from './thread-state.ts'
import type { SendResult, Thread, ThreadActions } from './thread.ts'

describe('ThreadActions', () => {
  it('can be taken apart', () => {
    const { send, stop, retry, reset, clearError } = {} as ThreadActions

    expectTypeOf(send).parameter(0).extract<string>().toEqualTypeOf<string>()
    expectTypeOf(send).returns.resolves.toEqualTypeOf<SendResult>()
    expectTypeOf(retry).returns.resolves.toEqualTypeOf<SendResult>()
    expectTypeOf(stop).returns.resolves.toEqualTypeOf<void>()
    expectTypeOf(reset).returns.toEqualTypeOf<void>()
    expectTypeOf(clearError).returns.toEqualTypeOf<void>()
  })

  it('takes text or the whole input, and nothing else', () => {
    expectTypeOf<ThreadActions['send']>().toBeCallableWith('Hi')
    expectTypeOf<ThreadActions['send']>().toBeCallableWith({
      query: 'Hi',
      documents: ['https://a'],
    })
    // @ts-expect-error an input has a query
    expectTypeOf<ThreadActions['send']>().toBeCallableWith({ text: 'Hi' })
    // @ts-expect-error a number is no input
    expectTypeOf<ThreadActions['send']>().toBeCallableWith(7)
  })
})

describe('SendResult', () => {
  it('is narrowed by sent', () => {
    const result = {} as SendResult

    if (result.sent) {
      expectTypeOf(result.end).toEqualTypeOf<RunEnd>()
      expectTypeOf(result.runId).toEqualTypeOf<string>()
      expectTypeOf(result).not.toHaveProperty('reason')
    } else {
      expectTypeOf(result.reason).toEqualTypeOf<
        | 'empty'
        | 'canceled'
        | 'removed'
        | 'too-long'
        | 'busy'
        | 'another-tab'
        | 'uploading'
        | 'disposed'
      >()
      expectTypeOf(result).not.toHaveProperty('runId')
    }
  })
})

describe('Thread', () => {
  it('has a store to read, not to write', () => {
    expectTypeOf<Thread['store']>().not.toHaveProperty('setState')
    expectTypeOf<Thread['store']['getState']>().returns.toEqualTypeOf<ThreadState>()
    expectTypeOf<Thread['threadRef']>().toEqualTypeOf<string | null>()
  })
})
