'use client'
import type { Thread, ThreadActions, ThreadOptions, ThreadState } from '@fluokit/core'
import { useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { messagesOfTurns, type ChatMessage } from './chat-messages.ts'
import { useThread } from './use-thread.ts'

/** A thread as one object: its state, its messages as a list, and what can be done with it. */
export interface ThreadView extends ThreadState, ThreadActions {
  /** Questions and answers in order; untouched ones keep their identity. */
  readonly messages: readonly ChatMessage[]
  readonly threadRef: string | null
  readonly thread: Thread
}

/**
 * The thread of an agent: state, messages and actions. Re-renders with every change of it, while an answer streams
 * at most once a frame; with `select`, only when what it returns changes. Unmounting leaves the run going: it
 * belongs to the client. The actions are stable and never reject. Throws outside `<FluoProvider>`.
 */
export function useFluoThread(options: ThreadOptions): ThreadView
export function useFluoThread<S>(options: ThreadOptions, select: (state: ThreadState) => S): S
export function useFluoThread<S>(
  options: ThreadOptions,
  select?: (state: ThreadState) => S,
): ThreadView | S {
  const thread = useThread(options)
  const read: (state: ThreadState) => ThreadState | S = select ?? whole
  const selected = useStore(thread.store, read)
  const readRef = (): string | null => thread.threadRef
  const readFirstRef = (): string | null => options.threadRef ?? null
  const threadRef = useSyncExternalStore(thread.store.subscribe, readRef, readFirstRef)
  const view = useMemo(
    () => (select === undefined ? viewOf(thread, selected as ThreadState, threadRef) : null),
    [thread, selected, select, threadRef],
  )
  return view ?? (selected as S)
}

function whole(state: ThreadState): ThreadState {
  return state
}

function viewOf(thread: Thread, state: ThreadState, threadRef: string | null): ThreadView {
  const { send, stop, retry, reset, clearError, cancelQueued } = thread
  return {
    ...state,
    messages: messagesOfTurns(state.turns),
    threadRef,
    thread,
    send,
    stop,
    retry,
    reset,
    clearError,
    cancelQueued,
  }
}
