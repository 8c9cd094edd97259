import { storyAgent } from '@fluokit/testing/storybook'
import { useEffect, useState, type ReactNode } from 'react'
import {
  ChatThread,
  Composer,
  ThreadList,
  useFluoClient,
  type ThreadListRootProps,
} from '../src/index.ts'
import { renderMessage } from './story-chat.tsx'

export interface StoryThreadsProps extends Partial<ThreadListRootProps> {
  /** What is asked as the story opens, each in a conversation of its own; of the last one the answer is not waited for. */
  readonly questions?: readonly string[]
  /** Whether all are asked at once. @default false */
  readonly isHasty?: boolean
}

/** A list of conversations beside the one that is shown. */
export function StoryThreads({
  questions = [],
  isHasty = false,
  onThreadKeyChange,
  ...props
}: StoryThreadsProps): ReactNode {
  const [threadKey, setThreadKey] = useState<string>()
  useAsk(questions, isHasty)
  return (
    <div
      style={{
        display: 'grid',
        gridTemplate: 'minmax(0, 1fr) / 15rem minmax(0, 1fr)',
        height: '100%',
      }}
    >
      <ThreadList.Root
        agentId={storyAgent}
        threadKey={threadKey}
        onThreadKeyChange={(key, details) => {
          onThreadKeyChange?.(key, details)
          if (!details.isCanceled) setThreadKey(key)
        }}
        {...props}
      >
        <ThreadList.New />
        <ThreadList.Empty />
        <ThreadList.Items>{renderThread}</ThreadList.Items>
      </ThreadList.Root>
      <ChatThread.Root agentId={storyAgent} threadKey={threadKey}>
        <ChatThread.Viewport>
          <ChatThread.Empty />
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
        </ChatThread.Viewport>
        <Composer.Root>
          <Composer.Input />
          <Composer.Stop />
          <Composer.Send />
        </Composer.Root>
      </ChatThread.Root>
    </div>
  )
}

/** A conversation with everything that can be done with it. */
function renderThread(): ReactNode {
  return (
    <ThreadList.Item>
      <ThreadList.Trigger>
        <ThreadList.Title />
      </ThreadList.Trigger>
      <ThreadList.Rename>
        <span aria-hidden="true">✎</span>
      </ThreadList.Rename>
      <ThreadList.RenameInput />
      <ThreadList.Delete>
        <span aria-hidden="true">×</span>
      </ThreadList.Delete>
    </ThreadList.Item>
  )
}

function useAsk(questions: readonly string[], isHasty: boolean): void {
  const client = useFluoClient()
  useEffect(() => {
    const ask = async (): Promise<void> => {
      for (const [index, question] of questions.entries()) {
        const thread = client.thread({ agentId: storyAgent, threadKey: `story-${index}` })
        const answered = thread.send(question === '' ? withoutWords : question)
        // oxlint-disable-next-line no-await-in-loop -- one after the other, so that the last is the newest
        if (!isHasty) await answered
      }
    }
    void ask()
  }, [client, questions, isHasty])
}

const withoutWords = { query: '', images: ['https://files.example/cat.png'] }
