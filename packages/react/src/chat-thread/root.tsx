'use client'
import type { Activity, Thread, ThreadOptions, ThreadStatus } from '@fluokit/core'
import { use, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { AnnounceMode } from '../announcer/announce-run.ts'
import { ThreadAnnouncer } from '../announcer/thread-announcer.tsx'
import { ClientContext } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ThreadContext } from '../use-thread.ts'
import { createThreadRoot, RootContext } from './root-context.ts'

/** `data-status` (`ready` `submitted` `streaming` `error`), `data-activity`, `data-restoring`. */
export type ChatThreadRootState = {
  readonly status: ThreadStatus
  readonly activity: Activity
  readonly isRestoring: boolean
}

/** Either the thread itself, or the agent (and the key) to find it by. */
export type ChatThreadRootProps = PartProps<'section', ChatThreadRootState> & {
  /**
   * What a screen reader hears of an answer: all of it once it is there, every sentence as it comes, only that it is
   * there, or nothing. How a run failed or was stopped is said unless it is `off`. @default 'final'
   */
  readonly announce?: AnnounceMode | undefined
  /**
   * What is said of a text of an answer, where its letters are not what is shown: `wordsOfMarkdown` of `@fluokit/react/markdown`.
   * It is given whole answers, or whole sentences as they come. @default the text as it is
   */
  readonly announceText?: ((text: string) => string) | undefined
} & (
    | ({
        /** The thread itself, where the app holds it already: in place of `agentId` and the five after it. */
        readonly thread: Thread
      } & Partial<NoOptions>)
    | (ThreadOptions & { readonly thread?: never })
  )

type NoOptions = Record<keyof ThreadOptions, never>

/**
 * Everything about one thread stands inside. Renders a `<section>`, and after it a `<div>` that is not seen: the only
 * place that a screen reader listens to, whatever becomes of the section. Re-renders when the thread's status or
 * activity changes, never with a delta. Throws outside `<FluoProvider>` unless it is given a thread.
 */
export function ChatThreadRoot(props: ChatThreadRootProps): ReactNode {
  const {
    thread: given,
    agentId,
    threadKey,
    threadRef,
    initialTurns,
    completion,
    whenBusy,
    ...others
  } = props
  const { announce = 'final', announceText = asItIs, ...rest } = others
  const client = use(ClientContext)
  const thread =
    given ??
    client?.thread(optionsOf({ agentId, threadKey, threadRef, initialTurns, completion, whenBusy }))
  if (thread === undefined) {
    throw new Error(
      '<ChatThread.Root> needs <FluoProvider> above it, whose client holds the threads, or a `thread`. Put a provider near the root of your app.',
    )
  }
  const [root] = useState(createThreadRoot)
  const status = useStore(thread.store, (state) => state.status)
  const activity = useStore(thread.store, (state) => state.activity)
  const isRestoring = useStore(thread.store, (state) => state.isRestoring)
  const element = usePart('section', rest, {
    part: 'chat-thread-root',
    state: { status, activity, isRestoring },
  })
  return (
    <ThreadContext value={thread}>
      <RootContext value={root}>
        {element}
        <ThreadAnnouncer
          thread={thread}
          announce={announce}
          wordsOf={announceText}
          announcer={root.announcer}
          lang={rest.lang}
        />
      </RootContext>
    </ThreadContext>
  )
}

function asItIs(text: string): string {
  return text
}

type Found = Omit<ThreadOptions, 'agentId'> & { readonly agentId: string | undefined }

function optionsOf({ agentId, ...options }: Found): ThreadOptions {
  if (agentId !== undefined) return { agentId, ...options }
  throw new Error(
    '<ChatThread.Root> needs an `agentId`, or a `thread`. Name the agent it talks to.',
  )
}
