import type { FluoClient, FluoErrorCode, Thread } from '@fluokit/core'
import type { ReactNode } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import {
  ChatThread,
  FluoProvider,
  Message,
  type ChatThreadErrorState,
  type MessageErrorState,
} from './index.ts'

declare const client: FluoClient
declare const thread: Thread

describe('a prop that may be left out', () => {
  it('may be undefined, for an app that passes on what it was not given', () => {
    const page = (
      <FluoProvider client={client} labels={undefined} queryClient={undefined}>
        <ChatThread.Root thread={thread} announce={undefined} render={undefined}>
          <ChatThread.Messages fallback={undefined}>
            {() => (
              <>
                <Message.Heading level={undefined} className={undefined} style={undefined} />
                <Message.Parts fallback={undefined}>
                  {() => <Message.Text render={undefined} ref={undefined} />}
                </Message.Parts>
              </>
            )}
          </ChatThread.Messages>
        </ChatThread.Root>
      </FluoProvider>
    )
    expectTypeOf(page).toExtend<ReactNode>()
  })
})

describe('the code of an error', () => {
  it('is null where there is none, in the state of both parts', () => {
    expectTypeOf<ChatThreadErrorState['code']>().toEqualTypeOf<FluoErrorCode | null>()
    expectTypeOf<MessageErrorState['code']>().toEqualTypeOf<FluoErrorCode | null>()
  })
})
