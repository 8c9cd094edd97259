import type {
  FluoClient,
  RunEnd,
  SendResult,
  Thread,
  ThreadOptions,
  ThreadState,
  ThreadStatus,
  TurnInput,
} from '@fluokit/core'
import type { ReactNode } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import {
  ChatThread,
  Composer,
  FluoProvider,
  Message,
  useFluoClient,
  useFluoThread,
  useThread,
  useThreadState,
  type ChatMessage,
  type ChatThreadRootState,
  type ThreadView,
} from './index.ts'

declare const client: FluoClient
declare const thread: Thread

describe('useFluoThread', () => {
  it('gives a view of the whole thread', () => {
    expectTypeOf(useFluoThread({ agentId: 'a' })).toEqualTypeOf<ThreadView>()
    expectTypeOf<ThreadView>().toExtend<ThreadState>()
    expectTypeOf<ThreadView['messages']>().toEqualTypeOf<readonly ChatMessage[]>()
    expectTypeOf<ThreadView['threadRef']>().toEqualTypeOf<string | null>()
  })

  it('gives what a selector returns', () => {
    expectTypeOf(
      useFluoThread({ agentId: 'a' }, (state) => state.status),
    ).toEqualTypeOf<ThreadStatus>()
    expectTypeOf(useFluoThread({ agentId: 'a' }, (state) => state.turns.length)).toBeNumber()
  })

  it('sends a text or an input, and says what became of it', () => {
    const { send, retry, stop, reset, clearError } = useFluoThread({ agentId: 'a' })
    expectTypeOf(send).parameters.toEqualTypeOf<[string | TurnInput]>()
    expectTypeOf(send('x')).resolves.toEqualTypeOf<SendResult>()
    expectTypeOf(retry()).resolves.toEqualTypeOf<SendResult>()
    expectTypeOf(stop()).resolves.toBeVoid()
    expectTypeOf(reset()).toBeVoid()
    expectTypeOf(clearError()).toBeVoid()
  })

  it('refuses options without an agent, and those it does not know', () => {
    expectTypeOf(useFluoThread).parameter(0).toEqualTypeOf<ThreadOptions>()
    // @ts-expect-error the agent is missing
    useFluoThread({})
    // @ts-expect-error no such option
    useFluoThread({ agentId: 'a', model: 'x' })
  })

  it('refuses to have its state changed', () => {
    const view = useFluoThread({ agentId: 'a' })
    expectTypeOf(view.status).toEqualTypeOf<ThreadStatus>()
    // @ts-expect-error state is read only
    view.status = 'ready'
    // @ts-expect-error the list is read only
    view.messages.push()
    // @ts-expect-error the store can only be read
    view.thread.store.setState({})
  })
})

describe('useThread', () => {
  it('gives a thread, with options or of the root above', () => {
    expectTypeOf(useThread()).toEqualTypeOf<Thread>()
    expectTypeOf(useThread({ agentId: 'a' })).toEqualTypeOf<Thread>()
    expectTypeOf(useFluoClient()).toEqualTypeOf<FluoClient>()
  })
})

describe('useThreadState', () => {
  it('gives what its selector returns', () => {
    expectTypeOf(useThreadState((state) => state.activity)).toEqualTypeOf<ThreadState['activity']>()
  })
})

describe('ChatMessage', () => {
  it('is told apart by its role', () => {
    const message = {} as ChatMessage
    if (message.role === 'user') expectTypeOf(message.input).toEqualTypeOf<TurnInput>()
    else expectTypeOf(message.end).toEqualTypeOf<RunEnd | null>()
    // @ts-expect-error only a question has an input
    void message.input
  })
})

describe('parts', () => {
  it('take native props, a render function with props and state, and functions of their state', () => {
    void (
      <Composer.Send
        onClick={(event) => event.currentTarget.setCustomValidity('')}
        className={(state) => (state.isDisabled ? 'off' : undefined)}
        style={{ color: 'red' }}
        ref={(button: HTMLButtonElement | null) => button?.focus()}
        render={(props, state) => <button {...props} hidden={state.isDisabled} />}
      />
    )
    void (
      <ChatThread.Root
        agentId="a"
        className={(state) => {
          expectTypeOf(state).toEqualTypeOf<ChatThreadRootState>()
          return state.isRestoring ? 'x' : state.status
        }}
      />
    )
    // @ts-expect-error a state has no such name
    void (<Composer.Send className={(state) => state.isRunning} />)
    // @ts-expect-error a button has no such prop
    void (<Composer.Send rows={1} />)
  })

  it('take a thread or an agent, and not both or none', () => {
    expectTypeOf(<ChatThread.Root thread={thread} />).toExtend<ReactNode>()
    void (<ChatThread.Root agentId="a" threadKey="b" completion="end-of-stream" />)
    // @ts-expect-error neither
    void (<ChatThread.Root />)
    // @ts-expect-error both
    void (<ChatThread.Root thread={thread} agentId="a" />)
  })

  it('take a function of a message or of a part', () => {
    void (
      <ChatThread.Messages>
        {(message) => {
          expectTypeOf(message).toEqualTypeOf<ChatMessage>()
          return <Message.Parts>{(part): ReactNode => part.type}</Message.Parts>
        }}
      </ChatThread.Messages>
    )
    // @ts-expect-error an element is no function
    void (<ChatThread.Messages>{<p />}</ChatThread.Messages>)
  })
})

describe('FluoProvider', () => {
  it('takes a client and some of the words', () => {
    expectTypeOf(<FluoProvider client={client} labels={{ send: 'Senden' }} />).toExtend<ReactNode>()
    // @ts-expect-error a client is needed
    void (<FluoProvider />)
    // @ts-expect-error no such word
    void (<FluoProvider client={client} labels={{ sned: 'Senden' }} />)
  })
})
