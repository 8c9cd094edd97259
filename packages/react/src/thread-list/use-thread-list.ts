'use client'
import type { ThreadSummary } from '@fluokit/core'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { changeDetails, type ChangeDetails } from '../part/change-details.ts'
import { useLostFocus, type FocusHandlers } from '../part/use-lost-focus.ts'
import { useFluoThreads } from '../use-fluo-threads.ts'
import { useFluoClient } from '../use-thread.ts'
import { currentKey } from './current-key.ts'
import { emptyThreadKey } from './empty-thread-key.ts'
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
  const client = useFluoClient()
  const { threads, isRestoring, rename, remove, create } = useFluoThreads({ agentId })
  const [own, setOwn] = useState(defaultThreadKey)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [visited, setVisited] = useState<string | null>(null)
  const [triggers] = useState(createTriggers)
  /** Those that were to be deleted here, and whether the app has kept them, at first or for good. */
  const [asked] = useState(() => new Map<string, boolean>())
  // What an app decides counts, also that it goes back to none.
  if (threadKey !== undefined && own !== undefined) setOwn(undefined)
  // Else the next one under that key would open its input, wherever the focus is by then.
  if (renaming !== null && !has(threads, renaming)) setRenaming(null)
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
        latest.current.options.onDelete?.(thread, details)
        for (const [key, isKept] of asked) if (isKept) asked.delete(key)
        asked.set(thread.threadKey, details.isCanceled)
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

  const listed = useRef({ threads, client, agentId })
  const focusHandlers = useLostFocus(() => {
    triggers.focusNear(listed.current.threads.map(keyOf), threads.map(keyOf))
  })
  useLayoutEffect(() => {
    const { threads: before, ...whose } = listed.current
    listed.current = { threads, client, agentId }
    const isOther = whose.client !== client || whose.agentId !== agentId
    if (isOther) {
      asked.clear()
      setRenaming(null)
    }
    const gone = isOther ? [] : before.filter((thread) => !has(threads, thread.threadKey))
    // Begun anew is not gone: then what stood under its key stands under another one.
    const isMoved = threads.some((thread) => !has(before, thread.threadKey))
    for (const thread of gone) {
      const isKept = asked.get(thread.threadKey)
      asked.delete(thread.threadKey)
      if (isKept === undefined || (isKept && isMoved)) continue
      latest.current.onDeleted(thread)
      triggers.focusNear(before.map(keyOf), threads.map(keyOf)) // where a dialog that asked has left it nowhere
    }
    if (!isMoved && has(gone, active)) {
      actions.select(threads[0]?.threadKey ?? create(agentId), 'removed', null)
    } else if (!isRestoring) {
      emptyThreadKey(client, agentId, active) // which New comes back to, while it is empty
    }
  }, [threads, isRestoring, active, actions, asked, create, triggers, client, agentId])

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
