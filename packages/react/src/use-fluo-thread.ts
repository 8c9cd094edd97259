'use client'
import type { Thread, ThreadActions, ThreadOptions, ThreadState } from '@fluokit/core'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { ChatMessage } from './chat-messages.ts'
import { createMessageList } from './message-list.ts'
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
  const [listOf] = useState(createMessageList)
  const view = useMemo(() => {
    if (select !== undefined) return null
    const state = selected as ThreadState
    return viewOf(thread, state, listOf(state.turns), threadRef)
  }, [thread, selected, select, threadRef, listOf])
  return view ?? (selected as S)
}

function whole(state: ThreadState): ThreadState {
  return state
}

function viewOf(
  thread: Thread,
  state: ThreadState,
  messages: readonly ChatMessage[],
  threadRef: string | null,
): ThreadView {
  const { send, stop, retry, reset, clearError, cancelQueued } = thread
  return {
    ...state,
    messages,
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
