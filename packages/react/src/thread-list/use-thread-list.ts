'use client'
import type { ThreadSummary } from '@fluokit/core'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { changeDetails, type ChangeDetails } from '../part/change-details.ts'
import { useLostFocus, type FocusHandlers } from '../part/use-lost-focus.ts'
import { useFluoThreads } from '../use-fluo-threads.ts'
import { currentKey } from './empty-thread-key.ts'
import type { ThreadKeyReason, ThreadListActions } from './thread-list-actions.ts'
import type { ThreadListView } from './thread-list-context.ts'
import { createTriggers } from './triggers.ts'

export interface ThreadListOptions {
  /** The agent whose conversations these are, and with whom New begins one. */
  readonly agentId: string
  /** Which conversation is shown, where the app decides. */
  readonly threadKey?: string | undefined
  /** Which one is shown first, where it does not. @default the agent's current one, as in ChatThread.Root */
  readonly defaultThreadKey?: string | undefined
  /** Called before another one is shown: give `ChatThread.Root` this `threadKey`. `details.cancel()` leaves it as it is. */
  readonly onThreadKeyChange?:
    | ((threadKey: string, details: ChangeDetails<ThreadKeyReason>) => void)
    | undefined
  /** Called before one is forgotten. `details.cancel()` keeps it: to ask first, and then call `remove` of `useFluoThreads`. */
  readonly onDelete?:
    | ((thread: ThreadSummary, details: ChangeDetails<'delete-press'>) => void)
    | undefined
}

export interface ThreadListState {
  readonly view: ThreadListView
  readonly actions: ThreadListActions
  readonly focusHandlers: FocusHandlers
}

/** A list and what can be done with it. Re-renders when the list changes, and what is chosen, renamed or focused in it. */
export function useThreadList(
  options: ThreadListOptions,
  onDeleted: (thread: ThreadSummary) => void,
): ThreadListState {
  const { agentId, threadKey, defaultThreadKey } = options
  const { threads, isRestoring, rename, remove, create } = useFluoThreads({ agentId })
  const [own, setOwn] = useState(defaultThreadKey)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [visited, setVisited] = useState<string | null>(null)
  const [triggers] = useState(createTriggers)
  const [asked] = useState(() => new Set<string>())
  // What an app decides counts, also that it goes back to none.
  if (threadKey !== undefined && own !== undefined) setOwn(undefined)
  const active = threadKey ?? own ?? currentKey

  const latest = useRef({ options, threads, isRestoring, active, renaming, onDeleted })
  useLayoutEffect(() => {
    latest.current = { options, threads, isRestoring, active, renaming, onDeleted }
  })

  const actions = useMemo<ThreadListActions>(() => {
    function select(key: string, reason: ThreadKeyReason, event: Event | null): void {
      if (key === latest.current.active) return
      const details = changeDetails(reason, event)
      latest.current.options.onThreadKeyChange?.(key, details)
      if (details.isCanceled) return
      setOwn(key)
      if (reason !== 'trigger-press') setVisited(null)
    }
    return {
      select,
      begin(event) {
        const {
          options: given,
          threads: shown,
          isRestoring: isUnread,
          active: now,
        } = latest.current
        const isEmpty = !isUnread && shown.every((thread) => thread.threadKey !== now)
        if (!isEmpty) select(create(given.agentId), 'new-press', event)
      },
      remove(thread, event) {
        const details = changeDetails('delete-press', event)
        asked.add(thread.threadKey)
        latest.current.options.onDelete?.(thread, details)
        if (!details.isCanceled) void remove(thread)
      },
      rename: (thread, title) => void rename(thread, title),
      startRename: setRenaming,
      endRename(toTrigger) {
        if (toTrigger) triggers.awaitFocus(latest.current.renaming)
        setRenaming(null)
      },
      visit: setVisited,
      move: (key, pressed) => triggers.move(latest.current.threads.map(keyOf), key, pressed),
      addTrigger: triggers.add,
      setNew: triggers.setNew,
    }
  }, [asked, create, remove, rename, triggers])

  const listed = useRef(threads)
  const focusHandlers = useLostFocus(() => {
    triggers.focusNear(listed.current.map(keyOf), threads.map(keyOf))
  })
  useLayoutEffect(() => {
    const before = listed.current
    listed.current = threads
    const gone = before.filter((thread) => !has(threads, thread.threadKey))
    for (const thread of gone) {
      if (!asked.delete(thread.threadKey)) continue
      latest.current.onDeleted(thread)
      triggers.focusNear(before.map(keyOf), threads.map(keyOf)) // where a dialog that asked has left it nowhere
    }
    // Begun anew is not gone: then what stood under its key stands under another one.
    const isMoved = threads.some((thread) => !has(before, thread.threadKey))
    if (isMoved || !has(gone, latest.current.active)) return
    actions.select(threads[0]?.threadKey ?? create(agentId), 'removed', null)
  }, [threads, actions, asked, create, triggers, agentId])

  const tabStop = [visited, active].find((key) => key !== null && has(threads, key))
  const view = useMemo(
    () => ({
      threads,
      isRestoring,
      active,
      renaming,
      tabStop: tabStop ?? threads[0]?.threadKey,
    }),
    [threads, isRestoring, active, renaming, tabStop],
  )
  return { view, actions, focusHandlers }
}

function keyOf({ threadKey }: ThreadSummary): string {
  return threadKey
}

function has(threads: readonly ThreadSummary[], key: string): boolean {
  return threads.some((thread) => thread.threadKey === key)
}
