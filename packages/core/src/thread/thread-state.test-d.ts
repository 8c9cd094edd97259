import { describe, expectTypeOf, it } from 'vitest'
import type { RegisteredTools, ToolName } from '../tools/register.ts'
import type { Tools } from '../tools/tools.ts'
import { textOf } from './text-chunks.ts'
import type {
  Part,
  TextPart,
  ThreadState,
  ToolCallPart,
  TypedToolCall,
  UnknownPart,
  UntypedToolCall,
} from './thread-state.ts'

describe('Part', () => {
  it('is narrowed by type', () => {
    const part = {} as Part

    if (part.type === 'tool-call') {
      expectTypeOf(part).toEqualTypeOf<ToolCallPart>()
      expectTypeOf(part.status).toEqualTypeOf<
        'running' | 'done' | 'failed' | 'unfinished' | 'invalid'
      >()
      expectTypeOf(part.input).toEqualTypeOf<unknown>()
    } else if (part.type === 'unknown') {
      expectTypeOf(part).toEqualTypeOf<UnknownPart>()
    } else {
      expectTypeOf(part).toEqualTypeOf<TextPart>()
      expectTypeOf(part.chunks).toEqualTypeOf<readonly string[]>()
    }
  })
})

describe('ToolCallPart', () => {
  it('has unknown data and no typed side where no tools are registered', () => {
    expectTypeOf<ToolCallPart>().toEqualTypeOf<UntypedToolCall>()
    expectTypeOf<ToolCallPart['name']>().toEqualTypeOf<string>()
    expectTypeOf<ToolCallPart['output']>().toEqualTypeOf<unknown>()
    expectTypeOf<ToolCallPart['isTyped']>().toEqualTypeOf<boolean | undefined>()
    expectTypeOf<TypedToolCall<'sum'>['input']>().toEqualTypeOf<unknown>()
    expectTypeOf<ToolName>().toEqualTypeOf<string>()
    expectTypeOf<RegisteredTools>().toEqualTypeOf<Tools>()
  })
})

describe('ThreadState', () => {
  it('cannot be written', () => {
    const state = {} as ThreadState

    expectTypeOf(state.status).toEqualTypeOf<'ready' | 'submitted' | 'streaming' | 'error'>()
    // @ts-expect-error state is read only
    state.status = 'ready'
    // @ts-expect-error state is read only
    state.turns.push()
  })
})

describe('textOf', () => {
  it('takes what has text', () => {
    expectTypeOf(textOf).returns.toEqualTypeOf<string>()
    // @ts-expect-error a tool call has no text of its own
    expectTypeOf(textOf).toBeCallableWith({} as ToolCallPart)
  })
})
